"""Everything that can be wrong with what somebody asked for, in one table: so that a page, the tablet and a test say it alike.

A problem is part of a normal day (a mistyped number, a session that ended), never a fault of the program; faults are left to
be exceptions. Nothing here names a person.
"""

from dataclasses import dataclass


@dataclass(eq=False)  # not frozen: the interpreter writes a traceback on what is raised
class Problem(Exception):
    """Why something was not done.

    `code` is a key of PROBLEMS and never changes once used by a tablet; `status` is the HTTP status; `message` is for a person
    and says what to do; `field` names what to correct, when it is one field, and `others` what else is to be put right on the same page:
    field and message.
    """

    code: str
    status: int
    message: str
    field: str | None = None
    others: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def by_field(self) -> dict[str, str]:
        """What is to be put right on a page, by field. A problem that is no field's is the page's own, and is raised again."""
        if self.field is None:
            raise self
        found = {self.field: self.message}
        for field, message in self.others:
            found.setdefault(field, message)
        return found

    def as_json(self) -> dict[str, dict[str, str]]:
        """The one error shape of the API."""
        said = {"code": self.code, "message": self.message}
        if self.field is not None:
            said["field"] = self.field
        return {"problem": said}


PROBLEMS: dict[str, tuple[int, str]] = {
    # who is asking
    "sign_in_wrong": (401, "That user name and password do not go together. Check both and try again."),
    "sign_in_slow": (429, "Too many tries. Wait {seconds} seconds and try again."),
    "not_signed_in": (401, "Sign in to go on. Nothing on this tablet is lost."),
    "device_unknown": (401, "This tablet's credential is not known any more. Sign in to go on; nothing on it is lost."),
    "device_revoked": (401, "This tablet was taken out of use and opens nothing. Tell your supervisor; nothing on it is lost."),
    "not_allowed": (403, "Your role does not include this."),
    "cross_site": (403, "This request did not come from one of our own pages, so nothing was done. Go back and try again."),
    # what is asked for
    "not_found": (404, "There is nothing here that you can see. It may belong to another team."),
    "method_not_allowed": (405, "That cannot be done here."),
    "too_large": (413, "This is larger than we can take ({limit} MB). Nothing is lost: it stays where it is. Tell your supervisor."),
    "too_many_requests": (429, "Too many requests. Wait {seconds} seconds and try again."),
    "unreadable": (400, "We could not read what was sent, so nothing was done. Go back and try again."),
    "not_json": (422, "This is not JSON that we can read."),
    "field_wrong": (422, "{what}"),
    # a sealed visit
    "envelope_unreadable": (422, "The visit arrived in a form we cannot read ({what}). It is still on the tablet. Tell your supervisor."),
    "seal_unreadable": (422, "The seal on this visit could not be opened. It is still on the tablet. Tell your supervisor."),
    "hash_wrong": (422, "What arrived is not what was sealed. It is still on the tablet: send it again."),
    "not_the_author": (422, "This visit says that somebody else recorded it. It is still on the tablet: ask its author to send it."),
    "id_taken": (409, "Another visit has this number. Keep this one: it is still on the tablet."),
    "id_differs": (409, "This visit was already received with other words in it. Both are kept, and somebody has been asked to look."),
    # an unfinished visit between its author's devices
    "draft_unreadable": (422, "The unfinished visit arrived in a form we cannot read ({what}). It is still on this device."),
    "draft_ended": (409, "This visit was finished or discarded on another of your devices. What you have here is still here."),
    "drafts_full": (
        409,
        "You have as many unfinished visits here as we take ({limit}). This one is still here. Finish or discard another.",
    ),
    "revision_taken": (409, "Another revision has this number. What you have here is still here: change something, and it goes up again."),
    # a photograph of a visit
    "photograph_unreadable": (422, "The photograph could not be read ({what}). It is still on the tablet. Tell your supervisor."),
    "photograph_wrong": (422, "This is not the photograph that the visit speaks of. It is still on the tablet. Tell your supervisor."),
    "piece_wrong": (422, "This piece is not what its name says. It is still on the tablet: send it again."),
    "piece_too_large": (413, "A piece of a photograph has up to {limit} kB. It is still on the tablet. Tell your supervisor."),
    "photograph_too_large": (413, "A photograph has up to {limit} MB. It is still on the tablet. Tell your supervisor."),
    "photographs_too_many": (413, "A visit has up to {most} photographs. This one is still on the tablet. Tell your supervisor."),
    # a referral
    "state_wrong": (409, "This referral is now “{state}”, so that can no longer be done. Open it again to see what happened."),
    "reason_missing": (422, "Give the reason, in a sentence."),
    # a record that is held
    "record_held": (
        409,
        "This record is held since the loss. Visits, corrections, whom you told and what a person must know can be added; this cannot.",
    ),
    "handover_answered": (409, "This handover was answered already. Open it again to see how."),
    "letters_stopped": (409, "Nothing is printed for this family since the loss. A supervisor says when letters may go again."),
    # faults and limits of the service
    "busy": (503, "The service is busy. Nothing was lost; try again in a minute."),
    "fault": (500, "Something went wrong on our side, and it has been recorded. Nothing that was saved is lost; try again."),
}


def problem(code: str, field: str | None = None, **words: object) -> Problem:
    """The problem of that code, its wording filled in. `words` must never carry a name."""
    status, message = PROBLEMS[code]
    return Problem(code, status, message.format(**words), field)


def wrong(field: str, what: str) -> Problem:
    """One field to correct: `what` says what is wrong with it and what to do."""
    return problem("field_wrong", field, what=what)
