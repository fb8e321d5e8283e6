"""What does not hold in proposals, mandates and assemblies: one sentence for each finding, in English and Spanish."""

from __future__ import annotations

PROPOSALS = {
    "put_up_twice": ("A proposal is put up a second time.", "Una propuesta se presenta por segunda vez."),
    "appeal_without": ("An appeal against nothing.", "Un recurso contra nada."),
    "appeal_otherwise": (
        "An appeal by somebody else than who was removed, a second one, or one after 14 days.",
        "Un recurso de quien no fue expulsado, un segundo recurso, o uno pasados 14 días.",
    ),
    "put_up_by_nobody": (
        "A proposal puts itself up that a member has to put up.",
        "Se presenta sola una propuesta que tiene que presentar un integrante.",
    ),
    "put_up_by_stranger": (
        "A proposal is put up by somebody who is no member, or that only the clock puts up.",
        "Presenta una propuesta alguien que no es integrante, o una que solo presenta el reloj.",
    ),
    "put_up_too_many": (
        "Somebody puts up more proposals at once than the charter allows.",
        "Alguien presenta a la vez más propuestas de las que permite el acuerdo de base.",
    ),
    "urgent_otherwise": (
        "Something is called urgent that never can be.",
        "Se declara urgente algo que nunca puede serlo.",
    ),
    "urgent_too_dear": (
        "An urgent decision spends more than the charter allows.",
        "Una decisión urgente gasta más de lo que permite el acuerdo de base.",
    ),
    "not_by_author": (
        "A proposal is changed or taken back by somebody else than its author.",
        "Cambia o retira una propuesta alguien que no la escribió.",
    ),
    "accepted_by_other": (
        "A mandate is accepted by somebody else than who is asked, or too late.",
        "Acepta un mandato alguien a quien no se le pidió, o demasiado tarde.",
    ),
    "charter_other": (
        "Charter {charter} says something else than the one that was voted on.",
        "El acuerdo de base {charter} dice otra cosa que el que se votó.",
    ),
    "not_done": (
        "What was adopted is said to be impossible, and nothing stands in its way.",
        "Se dice que lo aprobado es imposible y nada lo impide.",
    ),
    "seat_forgotten": (
        "Somebody was elected, and neither has the mandate nor is the seat said to be vacant.",
        "Alguien salió elegido y ni tiene el mandato ni se dice que el puesto quede vacante.",
    ),
    "revised_late": (
        "A text is changed while it is voted on or afterwards, or a version is missing.",
        "Se cambia un texto durante la votación o después, o falta una versión.",
    ),
    "withdrawn_late": (
        "A proposal is withdrawn that can no longer be.",
        "Se retira una propuesta que ya no se puede retirar.",
    ),
    "seconded_wrongly": (
        "A proposal is seconded that is not urgent, or by its own author or a stranger.",
        "Se respalda una propuesta que no es urgente, o lo hace quien la escribió o alguien ajeno.",
    ),
    "spoke_in_no_round": (
        "Somebody is said to have spoken in a round of talks that was not on.",
        "Se dice que alguien habló en una ronda de diálogo que no estaba en curso.",
    ),
    "round_without": (
        "A round of talks begins without a block.",
        "Empieza una ronda de diálogo sin un bloqueo.",
    ),
    "round_length": (
        "The round of talks is not as long as the charter says, or bears another number.",
        "La ronda de diálogo no dura lo que dice el acuerdo de base, o lleva otro número.",
    ),
    "round_too_short": (
        "The vote opens before the round of talks is over.",
        "La votación se abre antes de que acabe la ronda de diálogo.",
    ),
    "decided_otherwise": (
        "The decision “{outcome}” is not the one to which the count leads.",
        "La decisión «{outcome}» no es la que resulta del recuento.",
    ),
    "unfinished": (
        "Proposal {proposal} was counted, and what has to follow at once is missing.",
        "Se contó la propuesta {proposal} y falta lo que tiene que seguir al momento.",
    ),
    "effect_missing": (
        "Proposal {proposal} was adopted, and nothing says that it was carried out or could not be.",
        "La propuesta {proposal} se aprobó y nada dice que se llevó a cabo ni que no se pudo.",
    ),
    "effect_without": (
        "Something is carried out that was not adopted.",
        "Se lleva a cabo algo que no se aprobó.",
    ),
    "effect_not_seen": (
        "A proposal is said to be carried out, and what it should have done is missing.",
        "Se dice que una propuesta se llevó a cabo y falta lo que debía hacer.",
    ),
    "decision_stays": (
        "The decision {proposal} should have ended here and did not.",
        "La decisión {proposal} debía terminar aquí y no terminó.",
    ),
    "decision_not_in_force": (
        "A decision ends that was not in force.",
        "Termina una decisión que no estaba vigente.",
    ),
    "decision_ended_without": (
        "A decision ends without another decision that ends it.",
        "Termina una decisión sin otra decisión que le ponga fin.",
    ),
    "kept_without": (
        "A decision is kept without a review that was adopted.",
        "Se mantiene una decisión sin una revisión aprobada.",
    ),
    "unconfirmed": (
        "An urgent decision was adopted, and its confirmation was not put up.",
        "Se aprobó una decisión urgente y no se presentó su confirmación.",
    ),
    "unconfirmed_stays": (
        "The urgent decision {proposal} was not confirmed and stays in force.",
        "La decisión urgente {proposal} no se confirmó y sigue vigente.",
    ),
}

TALK = {
    "amended_wrongly": (
        "Other words are proposed, answered or withdrawn at a time when that cannot be.",
        "Se proponen, responden o retiran otras palabras en un momento en que no puede ser.",
    ),
    "stands_wrongly": (
        "Words come to the vote as an alternative that cannot.",
        "Llegan a la votación como alternativa unas palabras que no pueden.",
    ),
    "named_wrongly": (
        "A body that a proposal affects is named or answered at a time when that cannot be.",
        "Se nombra o se responde a un organismo afectado en un momento en que no puede ser.",
    ),
    "asked_without": (
        "A body asks another one to decide together without having decided to.",
        "Un organismo pide a otro decidir en conjunto sin haberlo decidido.",
    ),
    "summed_up_wrongly": (
        "A summary does not follow the one before it.",
        "Un resumen no sigue al anterior.",
    ),
    "alternatives_otherwise": (
        "The vote opens with other alternatives than those that stand.",
        "La votación se abre con otras alternativas que las que siguen en pie.",
    ),
    "first": (
        "The text that was decided on is not the one that most could live with, or that the lot took.",
        "El texto que se decidió no es el que más personas aceptarían, ni el que sacó el sorteo.",
    ),
    "text_not_taken_over": (
        "Another text of proposal {proposal} was adopted, and it did not become the text.",
        "Se aprobó otro texto de la propuesta {proposal} y no pasó a ser el texto.",
    ),
    "taken_over_without": (
        "A text takes the place of another one without having been adopted.",
        "Un texto ocupa el lugar de otro sin haberse aprobado.",
    ),
}

MANDATES = {
    "granted_without": (
        "A mandate begins that was not offered, accepted and adopted so.",
        "Empieza un mandato que no se ofreció, aceptó y aprobó así.",
    ),
    "term_length": (
        "The mandate is longer than the charter allows, or ends on another day than it says.",
        "El mandato es más largo de lo que permite el acuerdo de base, o acaba otro día que el que dice.",
    ),
    "renewed_too_often": (
        "The mandate was renewed more often than the charter allows.",
        "El mandato se renovó más veces de las que permite el acuerdo de base.",
    ),
    "renewal_otherwise": (
        "The mandate is said to be given {said} times more in a row; by the lines before it is {found}.",
        "Se dice que el mandato se da {said} veces más seguidas; según las líneas anteriores son {found}.",
    ),
    "recall_of_ended": (
        "A mandate is recalled that had ended.",
        "Se revoca un mandato que ya había acabado.",
    ),
    "recall_twice": (
        "A recall is opened while another one of the same mandate is open.",
        "Se abre una revocación mientras hay otra del mismo mandato.",
    ),
    "recall_not_voted": (
        "A recall was opened, and its vote was not.",
        "Se abrió una revocación, pero no su votación.",
    ),
    "recall_outlives": (
        "A mandate ended, and the vote on its recall goes on.",
        "Acabó un mandato y la votación de su revocación sigue.",
    ),
    "mandate_outlives": (
        "Who held mandate {mandate} is no longer a member, and the mandate goes on.",
        "Quien tenía el mandato {mandate} ya no es integrante, y el mandato sigue.",
    ),
    "mandate_ended_twice": ("A mandate ends a second time.", "Un mandato acaba por segunda vez."),
    "ended_otherwise": (
        "A mandate ends (“{how}”) without what such an ending needs.",
        "Un mandato acaba («{how}») sin lo que ese final necesita.",
    ),
    "commitments": (
        "The commitments of those who withdrew their confidence are not as many as they should be, or not in order.",
        "Los compromisos de quienes retiraron su confianza no son tantos como deben, o no están en orden.",
    ),
    "confidence_members": (
        "Confidence is said to be counted over {said} members; by the lines before there are {found}.",
        "Se dice que la confianza se contó sobre {said} integrantes; según las líneas anteriores son {found}.",
    ),
    "act_without_mandate": (
        "An act under a mandate that was not in force, or by somebody who does not hold it.",
        "Un acto en nombre de un mandato que no estaba en vigor, o de quien no lo tiene.",
    ),
}

ASSEMBLIES = {
    "assembly_called": (
        "An assembly is called a second time, too late, or by somebody who is no member.",
        "Se convoca una asamblea por segunda vez, demasiado tarde o por alguien que no es integrante.",
    ),
    "assembly_step": (
        "An assembly opens, closes or has its minutes published out of order.",
        "Una asamblea se abre, se cierra o publica su acta fuera de orden.",
    ),
    "waived_wrongly": (
        "A discussion is waived outside an assembly, or one that cannot be waived.",
        "Se renuncia a un diálogo fuera de una asamblea, o a uno al que no se puede renunciar.",
    ),
    "waived_by_too_few": (
        "A discussion is waived by fewer than it takes, or by people who have no voice.",
        "Renuncia a un diálogo menos gente de la necesaria, o gente sin voz.",
    ),
}

BROKEN = {**PROPOSALS, **TALK, **MANDATES, **ASSEMBLIES}
