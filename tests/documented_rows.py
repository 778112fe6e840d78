"""Invented rows of every city that was described from documents, as the documents say they look."""

from __future__ import annotations

#: Invented rows, written as the documents say that each portal writes them: file → text.
FILES = {
    "albany": {
        "complaints.csv": (
            "casenumber,type,receiveddate,allegation,count\n"
            "CC2019-001,Citizen Complaints,2019-01-02T00:00:00.000,Unprofessional Conduct,1\n"
            "CC2019-001,Citizen Complaints,2019-01-02T00:00:00.000,Use of Force,1\n"
            "OPS2019-004,Administrative Investigations,2019-03-05T00:00:00.000,Call Handling,1\n"
        ),
    },
    "chicago-copa": {
        "complaints.csv": (
            "log_no,complaint_date,case_type,current_category,beat\n"
            "1087378,2017-10-01T13:05:00.000,Complaint,Excessive Force,0111\n"
            "2019-0000123,2019-02-03T08:00:00.000,Complaint,Verbal Abuse,2512\n"
            "1087308,2017-09-28T00:00:00.000,Info,Miscellaneous,0433 | 0434\n"
        ),
        "findings.csv": (
            "log_no,current_category,finding_code\n"
            "1087378,Excessive Force,Sustained\n2019-0000123,Verbal Abuse,No Affidavit\n"
            "1087308,Miscellaneous,\n"
        ),
    },
    "cincinnati": {
        "complaints.csv": (
            "unique_case_number,cca_recieved_date,case_completion_date,incident_date_time,police_district\n"
            "26047,2025-02-26T00:00:00.000Z,2025-03-11T00:00:00.000Z,2025-02-25T16:00:00.000Z,1\n"
            "26047,2025-02-26T00:00:00.000Z,2025-03-11T00:00:00.000Z,2025-02-25T16:00:00.000Z,1\n"
            "26048,2025-03-01T00:00:00.000Z,,2025-02-28T16:00:00.000Z,N/A\n"
        ),
        "allegations.csv": (
            "unique_case_number,allegation_description,allegation_finding\n"
            "26047,IMPROPER STOP,UNFOUNDED\n26047,DISCOURTESY,EXONERATED\n26048,DISCOURTESY,\n"
        ),
    },
    "detroit": {
        "complaints.csv": (
            "CCR,Report_Date,Closed\n"
            "61234,2019-03-04T00:00:00,2019-06-01T00:00:00\n"
            "61234,2019-03-04T00:00:00,2019-06-01T00:00:00\n61235,2019-03-05T00:00:00,\n"
        ),
        "allegations.csv": (
            "CCR,Allegation,Finding\n61234,Demeanor,Not Sustained\n61234,Force,Sustained\n"
            "61235,Procedure,No Charge\n"
        ),
    },
    "indianapolis": {
        "allegations.csv": (
            "INCNUM,ALG_CLASS,FINDING\n23086,Citizen Interaction,Sustained\n"
            "23086,Citizen Interaction,Exonerated\n23087,Substandard Performance,\n"
        ),
    },
    "leicestershire": {
        "neighbourhoods.csv": "force,id,name\nleicestershire,NC04,City Centre\n",
        "events.csv": (
            "force,neighbourhood,title,type,start_date,end_date,address,description\n"
            "leicestershire,NC04,Beat surgery,meeting,2026-12-01T17:00:00,2026-12-01T18:00:00,"
            "Town Hall,<p>Come &amp; ask</p>\n"
        ),
    },
    "milwaukee": {
        "complaints.csv": (
            "IdentificationNumber,Department,Status,DateReported,Date Closed,Category1,Category2\n"
            "2019-0089,Milwaukee Police Department,Closed,07/01/2019,7/1/2019,Discourtesy,\n"
            "2019-0148,Milwaukee Police Department,Open,07/16/2019,,"
            '"Competence, 1.04 - FT Fully Investigate",Discourtesy\n'
        ),
    },
    "new-orleans": {
        "complaints.csv": (
            "complaint_tracking_number,date_complaint_received_by_nopd_pib,date_complaint_occurred\n"
            "2019-0001-R,2019-01-02T00:00:00.000,2019-01-01T00:00:00.000\n"
            "2019-0002-P,2019-01-03T00:00:00.000,\n"
            "2019-0003-R,2019-01-04T00:00:00.000,\n"
        ),
        "allegations.csv": (
            "complaint_tracking_number,rule_violation,disposition\n"
            "2019-0001-R,RULE 4: PERF OF DUTY,Sustained\n2019-0002-P,RULE 2,NFIM\n"
            "2019-0003-R,RULE 2,RUI - Resign\n2019-0003-R,RULE 4,Sustained - RUI - Resign\n"
        ),
    },
    "new-york": {
        "complaints.csv": (
            "complaint_id,ccrb_received_date,close_date,incident_date,precinct_of_incident_occurrence\n"
            "201100001,2011-01-03T00:00:00.000,2011-06-01T18:11:15.000,2011-01-01T00:00:00.000,75\n"
        ),
        "allegations.csv": (
            "allegation_record_identity,complaint_id,fado_type,ccrb_allegation_disposition\n"
            "1,201100001,Force,Substantiated (Charges)\n2,201100001,Discourtesy,Unsubstantiated\n"
        ),
    },
    "seattle": {
        "complaints.csv": (
            "file_number,received_date,source\n"
            "2021OPA-0452,2021-10-04T00:00:00.000,Community Member\n"
            "2021OPA-0453,2021-10-05T00:00:00.000,SPD - Initiated\n"
            "2021OPA-0454,2021-10-06T00:00:00.000,-\n"
        ),
        "allegations.csv": (
            "file_number,allegation,finding,discipline\n"
            "2021OPA-0452,Professionalism,Not Sustained (Lawful and Proper),-\n"
            "2021OPA-0453,Force - Use,Sustained Rapid Adjudication,Written Reprimand\n"
            "2021OPA-0453,Professionalism,Not Sustained Unfounded,-\n"
            "2021OPA-0454,-,-,-\n"
        ),
    },
}
#: What those rows mean: city → complaint → its most serious finding.
FINDINGS = {
    "chicago-copa": {"1087378": "sustained", "2019-0000123": "no_finding", "1087308": None},
    "cincinnati": {"26047": "exonerated", "26048": None},
    "detroit": {"61234": "sustained", "61235": None},
    "new-orleans": {
        "2019-0001-R": "sustained",
        "2019-0002-P": "no_finding",
        "2019-0003-R": "sustained",
    },
    "new-york": {"201100001": "sustained"},
    "seattle": {"2021OPA-0452": "exonerated", "2021OPA-0453": "sustained", "2021OPA-0454": None},
}
