"""LG09xx: requests to the server, and the long analyses that it works out."""

from __future__ import annotations

from lagrum.language.codes.record import Code

SERVER = (
    Code(
        "LG0901",
        "a request that cannot be read",
        "A field of the request is missing, unknown, of the wrong kind, or too long; or its body is no JSON.",
        "What is not understood is refused rather than passed over, so that no answer rests on a slip of the pen.",
        'curl -d \'{"laws": "eu-ai-act"}\' http://127.0.0.1:8000/api/v1/assess',
        'curl -d \'{"case": {"lagrum": 1, "case": "a use", "facts": {}}, "laws": ["eu-ai-act"]}\' '
        "http://127.0.0.1:8000/api/v1/assess",
    ),
    Code(
        "LG0902",
        "an analysis that was not finished",
        "It took longer than the server allows, needed more memory or diagram nodes, was cancelled, or broke off.",
        "The server works on one long analysis at a time, and no question may hold up the others for ever.",
        "POST /api/v1/balance with eight edits of a large law",
        "fix facts with `given`, or ask on the command line, where nothing is limited",
    ),
    Code(
        "LG0903",
        "too many analyses at once",
        "Whoever asks has as many analyses under way as one may have, or the queue is full.",
        "One person's questions should not starve everybody else's.",
        "POST /api/v1/spread, again and again",
        "wait for one to finish, or cancel it: DELETE /api/v1/jobs/KEY",
    ),
)
