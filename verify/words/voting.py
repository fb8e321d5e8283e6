"""What does not hold in votes and ballots: one sentence for each finding, in English and Spanish."""

from __future__ import annotations

VOTES = {
    "opened_at_wrong_stage": (
        "A vote opens on a proposal that was not ready for one.",
        "Se abre una votación sobre una propuesta que no estaba lista.",
    ),
    "opened_otherwise": (
        "A vote opens with another number, kind, charter or text than it should.",
        "Se abre una votación con otro número, clase, acuerdo de base o texto que el debido.",
    ),
    "vote_key_twice": ("Two votes bear the same number.", "Dos votaciones llevan el mismo número."),
    "roll": (
        "The roll is said to hold {said} people; by the lines before, {found} have a voice.",
        "El censo dice tener {said} personas; según las líneas anteriores, {found} tienen voz.",
    ),
    "terms": (
        "Rule or thresholds of this vote are not those of the charter.",
        "La regla o los umbrales de esta votación no son los del acuerdo de base.",
    ),
    "talk_too_short": (
        "The vote opens before the discussion has lasted as long as it must.",
        "La votación se abre antes de que el diálogo haya durado lo que debe.",
    ),
    "too_few_seconds": (
        "An urgent vote opens without two others who seconded it.",
        "Se abre una votación urgente sin el respaldo de otras dos personas.",
    ),
    "opened_by_nobody": (
        "A vote opens by itself that a member has to open.",
        "Se abre sola una votación que tiene que abrir un integrante.",
    ),
    "opened_by_stranger": (
        "A vote is opened by somebody who is no member.",
        "Abre una votación alguien que no es integrante.",
    ),
    "opened_by_other": (
        "Somebody opens a vote that opens by itself.",
        "Alguien abre una votación que se abre sola.",
    ),
    "opened_early_by_other": (
        "Somebody else opens the vote while only the author can.",
        "Otra persona abre la votación cuando solo puede quien escribió la propuesta.",
    ),
    "window": (
        "The vote is not open for as long as the charter says.",
        "La votación no está abierta el tiempo que dice el acuerdo de base.",
    ),
    "window_by_night": (
        "An urgent vote is open for less than 8 hours by day.",
        "Una votación urgente está abierta menos de 8 horas de día.",
    ),
    "secret_otherwise": (
        "A vote is secret that must be open, or open that must be secret.",
        "Una votación es secreta y debía ser abierta, o abierta y debía ser secreta.",
    ),
    "counted_without": (
        "A vote is counted that was not open.",
        "Se cuenta una votación que no estaba abierta.",
    ),
    "roll_changed": ("The roll changed during the vote.", "El censo cambió durante la votación."),
    "tally_impossible": (
        "This count cannot be: it has more ballots than the roll, or positions of another rule.",
        "Este recuento no puede ser: tiene más papeletas que el censo, o posiciones de otra regla.",
    ),
    "outcome": (
        "The outcome is said to be “{said}”. By the count and the rules of the time it is “{found}”.",
        "Se dice que el resultado es «{said}». Según el recuento y las reglas de entonces es «{found}».",
    ),
    "root_otherwise": (
        "There is a count without a tree of ballots, or ballots without a count.",
        "Hay un recuento sin árbol de papeletas, o papeletas sin recuento.",
    ),
    "few_impossible": (
        "With {said} ballots this vote cannot have ended so.",
        "Con {said} papeletas esta votación no puede haber terminado así.",
    ),
    "closed_early": (
        "The vote was counted before its closing time.",
        "La votación se contó antes de su hora de cierre.",
    ),
    "overtaken_without": (
        "A vote is called overtaken, and nothing has overtaken it.",
        "Se dice que una votación quedó superada por los hechos, y ningún hecho la superó.",
    ),
    "void_without": (
        "A vote is called void without a restore or a lost key.",
        "Se declara nula una votación sin una restauración ni una clave perdida.",
    ),
    "vote_goes_on": (
        "The house was set back to a backup, and the open vote on proposal {proposal} did not begin anew.",
        "La casa volvió a una copia de seguridad y la votación en curso de la propuesta {proposal} no empezó de nuevo.",
    ),
}

BALLOTS = {
    "ballots_of_no_vote": (
        "There are ballots for vote {vote}, which was not counted here.",
        "Hay papeletas de la votación {vote}, que aquí no se contó.",
    ),
    "ballots_root": (
        "The ballots of vote {vote} are not those that were there at its close.",
        "Las papeletas de la votación {vote} no son las que había al cierre.",
    ),
    "ballots_not_tally": (
        "The ballots of vote {vote} do not add up to its count.",
        "Las papeletas de la votación {vote} no suman su recuento.",
    ),
    "ballots_missing": (
        "The ballots of vote {vote} are missing from the file.",
        "Faltan en el archivo las papeletas de la votación {vote}.",
    ),
    "forgotten_too_many": (
        "{number} ballots are said to be of forgotten members, and only {left} electors without a ballot have left.",
        "Se dice que {number} papeletas son de integrantes olvidados, y solo han salido {left} sin papeleta.",
    ),
    "ballot_form": (
        "The ballot of {who} cannot be read, or says what this vote does not have.",
        "La papeleta de {who} no se puede leer, o dice lo que esta votación no tiene.",
    ),
    "not_on_roll": (
        "{who} voted without being on the roll.",
        "{who} votó sin estar en el censo.",
    ),
    "voted_twice": ("{who} has two ballots.", "{who} tiene dos papeletas."),
    "blocked_again": (
        "{who} blocked again after taking no part in the round of talks.",
        "{who} bloqueó de nuevo sin haber participado en la ronda de diálogo.",
    ),
    "voted": (
        "The list of who voted is not in order, or names somebody who is not on the roll.",
        "La lista de quienes votaron no está en orden, o nombra a alguien que no está en el censo.",
    ),
    "used_marks": (
        "{said} people voted, and the list has {found} ballots (under 5 it must not be shown).",
        "Votaron {said} personas y la lista tiene {found} papeletas (con menos de 5 no debe mostrarse).",
    ),
    "list_missing": (
        "The list of a secret vote is missing although 5 or more voted.",
        "Falta la lista de una votación secreta aunque votaron 5 personas o más.",
    ),
    "list_order": (
        "The list of a secret vote is not sorted, has a sign twice, or a sign of another form.",
        "La lista de una votación secreta no está ordenada, repite una señal o tiene una de otra forma.",
    ),
    "list_not_tally": (
        "The list of a secret vote does not add up to its count.",
        "La lista de una votación secreta no suma su recuento.",
    ),
    "seed": (
        "The seed of the lots is not the one that was fixed when the vote opened.",
        "La semilla de los sorteos no es la que se fijó al abrir la votación.",
    ),
    "stood_wrongly": (
        "Somebody stands, steps back or is asked who cannot, or too late.",
        "Se presenta, se retira o recibe la petición quien no puede, o demasiado tarde.",
    ),
    "candidates_otherwise": (
        "The candidates of this vote are not those who stood, in the order in which they stood.",
        "Las candidaturas de esta votación no son las de quienes se presentaron, en su orden.",
    ),
    "seats_otherwise": (
        "The vote fills another number of seats than was proposed, or is counted in another way.",
        "La votación cubre otro número de puestos que el propuesto, o se cuenta de otra manera.",
    ),
    "vacant_without": (
        "A seat is called vacant although who was elected can hold it, or nobody was elected to it.",
        "Se declara vacante un puesto que puede ocupar quien salió, o para el que no salió nadie.",
    ),
    "totals_impossible": (
        "The totals of this election cannot come of any ballots.",
        "Los totales de esta elección no pueden salir de ninguna papeleta.",
    ),
    "elected_impossible": (
        "Somebody is said to be elected who did not stand, or more than there are seats.",
        "Se dice que salió alguien que no se presentaba, o más personas que puestos.",
    ),
    "election": (
        "By these ballots others are elected (numbers: {found}).",
        "Con estas papeletas salen otras personas (números: {found}).",
    ),
    "figures": (
        "The figures of this count are not those that the ballots give.",
        "Las cifras de este recuento no son las que dan las papeletas.",
    ),
}

ENTERED = {
    "entered_in_no_vote": (
        "A vote is entered or contested for somebody, and that vote is not open.",
        "Se anota o se impugna el voto de alguien, y esa votación no está abierta.",
    ),
    "entered_wrongly": (
        "A vote is entered for somebody for whom none can be: not on the roll, after the close, contested, or secret.",
        "Se anota un voto de alguien para quien no se puede: no está en el censo, tras el cierre, impugnado o secreto.",
    ),
    "entered_by_wrong": (
        "A vote was not entered by two other members with nothing at stake in it.",
        "Un voto no lo anotaron otras dos personas integrantes que no se juegan nada en la votación.",
    ),
    "card_by_wrong": (
        "A sign-in card was not given to a member by two other members.",
        "Una tarjeta de acceso no la dieron dos integrantes a otra persona integrante.",
    ),
    "helped_wrongly": (
        "Somebody is said to have been helped who did not vote, or by somebody who had a stake in the vote.",
        "Se dice que se ayudó a alguien que no votó, o que ayudó alguien que se jugaba algo en la votación.",
    ),
    "aided_too_many": (
        "Somebody helped more than ten people to vote in one vote.",
        "Alguien ayudó a votar a más de diez personas en una votación.",
    ),
    "contested_without": (
        "Somebody contests a vote that was not entered for them.",
        "Alguien impugna un voto que no se anotó en su nombre.",
    ),
    "entered_without": (
        "A ballot of {who} is said to be entered by others, and the record tells of nobody who did.",
        "Se dice que una papeleta de {who} la anotaron otras personas, y el registro no dice quiénes.",
    ),
    "struck_without": (
        "A ballot of {who} is struck out, and the record does not say that they contested it.",
        "Una papeleta de {who} está tachada, y el registro no dice que la impugnara.",
    ),
}

BROKEN = {**VOTES, **BALLOTS, **ENTERED}
