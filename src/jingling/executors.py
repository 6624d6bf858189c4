"""Who carries out which command, and takes it back."""

from typing import Any

from jingling.assistant.act import Executor
from jingling.assistant.untaught import meant_before, untaught
from jingling.devices.commands import AdoptDevice, ForgetDevice
from jingling.devices.service import DeviceService
from jingling.home.commands import RunAction, SetProperty
from jingling.home.service import HomeService
from jingling.language.learned.commands import ForgetPhrase, TeachPhrase
from jingling.language.learned.phrases import PhraseBook
from jingling.schedule import commands as schedule_commands
from jingling.schedule.service import ScheduleService, undoing
from jingling.speech.voice.commands import ChangeManner, RestoreManner
from jingling.speech.voice.manners import VoiceManners, restored

SCHEDULE_COMMANDS = (
    schedule_commands.StartTimer,
    schedule_commands.SetAlarm,
    schedule_commands.CancelEntry,
    schedule_commands.RestoreEntry,
    schedule_commands.PauseTimer,
    schedule_commands.ResumeTimer,
    schedule_commands.ExtendTimer,
    schedule_commands.DismissRinging,
)


def executors(
    home: HomeService, schedule: ScheduleService, phrases: PhraseBook, devices: DeviceService, voice: VoiceManners
) -> dict[type[Any], Executor]:
    scheduling = {kind: Executor(schedule.execute, undo=undoing) for kind in SCHEDULE_COMMANDS}
    return {
        **scheduling,
        SetProperty: Executor(home.set_property, home.risk, home.before, home.undo),
        RunAction: Executor(home.run_action, home.risk, home.before, home.undo),
        TeachPhrase: Executor(phrases.execute, before=meant_before(phrases), undo=untaught),
        AdoptDevice: Executor(devices.execute),
        ForgetDevice: Executor(devices.execute),
        ForgetPhrase: Executor(phrases.execute, before=meant_before(phrases), undo=untaught),
        ChangeManner: Executor(voice.execute, before=voice.before, undo=restored),
        RestoreManner: Executor(voice.execute, before=voice.before, undo=restored),
    }
