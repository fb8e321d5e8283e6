"""What does not hold in confederations: one sentence for each, in English and Spanish."""

from __future__ import annotations

BROKEN = {
    "confederation_without": (
        "A confederation is founded by fewer than two bodies, or by nobody.",
        "Una confederación se funda con menos de dos organismos, o sin ninguno.",
    ),
    "seat_without": (
        "A body is in a confederation without a decision on it, or twice.",
        "Un organismo está en una confederación sin una decisión, o dos veces.",
    ),
    "seat_ended_without": (
        "A body is said to have left a confederation that it was not in, or without having decided so.",
        "Se dice que un organismo dejó una confederación en la que no estaba, o sin haberlo decidido.",
    ),
    "ceded_wrongly": (
        "A matter is ceded twice, or to a body that is no confederation.",
        "Un asunto se cede dos veces, o a un organismo que no es una confederación.",
    ),
    "sent_wrongly": (
        "Somebody is sent to a seat that this body does not have.",
        "Se envía a alguien a un puesto que este organismo no tiene.",
    ),
}
