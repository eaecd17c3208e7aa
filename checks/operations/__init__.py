"""What checks officers and second approvers do. Each is one transaction with its audit event."""

from checks.operations.assessments import (
    Conditions,
    approve,
    decide,
    reconsider,
    record_conditions,
    record_told,
    return_for_decision,
    take_on,
)
from checks.operations.clearances import record_clearance, tick_form_lines
from checks.operations.dbs import (
    apply_after_id_check,
    arrange_id_check,
    ask_for_id_check,
    end_update_consent,
    record_application,
    record_certificate,
    record_documents_seen,
    record_status_check,
    record_update_consent,
    remind_of_application,
    settle,
    withdraw_application,
)
from checks.operations.looks import look, look_at_list

__all__ = [
    "Conditions",
    "apply_after_id_check",
    "approve",
    "arrange_id_check",
    "ask_for_id_check",
    "decide",
    "end_update_consent",
    "look",
    "look_at_list",
    "reconsider",
    "record_application",
    "record_certificate",
    "record_clearance",
    "record_conditions",
    "record_documents_seen",
    "record_status_check",
    "record_told",
    "record_update_consent",
    "remind_of_application",
    "return_for_decision",
    "settle",
    "take_on",
    "tick_form_lines",
    "withdraw_application",
]
