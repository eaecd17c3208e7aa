"""Statistics on plain numbers: no database, no clock.

Statistical process control tells change from chance as NHS England's Making Data Count does it.
``individuals`` is the XmR chart, ``counted`` the g-chart and the p-chart, ``causes`` the rules by
which a point is special, ``intervals`` how far chance could have moved one share, ``funnels``
how far it could take several apart.
"""

from insights.spc.chart import Assurance, Chart, Improvement, Kind, Point, SpecialCause
from insights.spc.counted import g_chart, p_chart
from insights.spc.funnels import FunnelLimits, funnel_limits
from insights.spc.individuals import xmr
from insights.spc.intervals import wilson

__all__ = [
    "Assurance",
    "Chart",
    "FunnelLimits",
    "Improvement",
    "Kind",
    "Point",
    "SpecialCause",
    "funnel_limits",
    "g_chart",
    "p_chart",
    "wilson",
    "xmr",
]
