"""Facts about defence bodies, with the constraints that keep them true: one file for each noun."""

from .bodies import DefenseBody
from .codes import CODE_MAX, Acceptance, Code
from .guards import DefenseJoining, PostHolding
from .posts import Closing, Filling, Post
from .training import Requirement, Retraining, Trained, Training, TrainingDay

__all__ = [
    "CODE_MAX",
    "Acceptance",
    "Closing",
    "Code",
    "DefenseBody",
    "DefenseJoining",
    "Filling",
    "Post",
    "PostHolding",
    "Requirement",
    "Retraining",
    "Trained",
    "Training",
    "TrainingDay",
]
