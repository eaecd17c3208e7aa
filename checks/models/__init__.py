"""A walled room: DBS checks, risk assessments, site clearances. Other apps see readiness only.

Kept of a certificate: level, workforce, dates, reference number, decision. Never a scan, never
what it disclosed.
"""

from checks.models.assessments import Condition, RiskAssessment
from checks.models.clearances import ClearanceTick, SiteClearance
from checks.models.dbs import DBSCheck

__all__ = ["ClearanceTick", "Condition", "DBSCheck", "RiskAssessment", "SiteClearance"]
