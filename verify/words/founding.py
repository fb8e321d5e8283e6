"""What does not hold in the founding and the end of a body: one sentence for each finding, in English and Spanish."""

from __future__ import annotations

BROKEN = {
    "founders": (
        "A body is said to need fewer founding members than any body needs.",
        "Se dice que un organismo necesita menos personas que lo funden de las que necesita cualquiera.",
    ),
    "draft_objected": (
        "Somebody objects to a draft, or no longer does, who cannot: no founding member, a second time, or too late.",
        "Objeta a un borrador, o deja de hacerlo, quien no puede: no lo funda, es la segunda vez o tarde.",
    ),
    "described_without": (
        "A council is said to be for other people than before, without a decision on it.",
        "Se dice que un consejo es para otras personas que antes, sin una decisión.",
    ),
    "board_without": (
        "A founding board is opened without three decisions before it, or by somebody who is no member.",
        "Se abre un tablero de fundación sin tres decisiones antes, o lo abre alguien que no es integrante.",
    ),
    "board_time": (
        "A founding ends on another day than it must, is made longer twice, or ends twice.",
        "Una fundación acaba otro día del debido, se alarga dos veces o acaba dos veces.",
    ),
    "board_act": (
        "Something is done for a founding that is over, or by somebody who is no member.",
        "Se hace algo por una fundación que ha terminado, o lo hace alguien que no es integrante.",
    ),
    "chose_wrongly": (
        "Somebody chooses between two councils who cannot, or when nothing is divided.",
        "Elige entre dos consejos quien no puede, o cuando no se divide nada.",
    ),
    "accord_without": (
        "Something is said of a decision with other bodies that this one has not taken.",
        "Se dice algo de una decisión con otros organismos que este no ha tomado.",
    ),
    "accord_stays": (
        "A decision with other bodies came to nothing, and stays in force (proposal {proposal}).",
        "Una decisión con otros organismos quedó en nada y sigue en vigor (propuesta {proposal}).",
    ),
    "united_without": (
        "Another body becomes one with this one without a decision on it, or sooner than 30 days after it.",
        "Otro organismo se une a este sin una decisión, o antes de los 30 días.",
    ),
    "comes_not": (
        "Fewer people come from the body that became one with this one than were said to come.",
        "Del organismo que se unió a este viene menos gente de la que se dijo.",
    ),
    "host_without": (
        "The body has another host, or is one, without a decision on it.",
        "El organismo responde ante otro, o se responde ante él, sin una decisión.",
    ),
    "ended_without": (
        "The body ends without a decision on it, or sooner than 30 days after it.",
        "El organismo termina sin una decisión, o antes de los 30 días.",
    ),
    "ended_twice": ("The body ends a second time.", "El organismo termina por segunda vez."),
    "after_the_end": (
        "The body has ended, and something still happens in it (“{what}”).",
        "El organismo ha terminado y aún ocurre algo en él («{what}»).",
    ),
    "mandate_outlives_body": (
        "The body has ended, and mandate {mandate} goes on.",
        "El organismo ha terminado y el mandato {mandate} sigue.",
    ),
    "proposal_outlives": (
        "The body has ended, and proposal {proposal} goes on.",
        "El organismo ha terminado y la propuesta {proposal} sigue.",
    ),
}
