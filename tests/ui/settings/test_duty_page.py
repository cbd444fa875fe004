# SPDX-License-Identifier: MulanPSL-2.0
"""The office's own limits of 值班: kept, or refused with a sentence."""

from __future__ import annotations

import pytest

from township_office.registers.duty.plan import DayKind
from township_office.services import settings
from township_office.ui.settings.settings_dialog import SettingsDialog


@pytest.fixture
def dialog(qtbot, office, clock, asker):
    made = SettingsDialog(office, clock, asker)
    qtbot.addWidget(made)
    made.open()
    made.show_page(made.duty_page)
    return made


def test_limits_are_kept(dialog, office):
    page = dialog.duty_page
    assert not page.is_changed()
    page.limits["phone_minutes"].setValue(30)
    page.limits["followup_hours"].setValue(0)
    assert page.limits["followup_hours"].text() == "不设"
    page.starts.setText("9:00")
    dialog.save()
    assert dialog.trouble.words()
    page.starts.setText("09:00")
    dialog.save()
    kept = {
        name: settings.get_setting(office, f"duty.{name}") for name in ("phone_minutes", "followup_hours", "day_starts")
    }
    assert kept == {"phone_minutes": "30", "followup_hours": "0", "day_starts": "09:00"}


def test_how_a_roster_is_drawn_is_kept_and_only_what_is_not_as_usual(dialog, office):
    page = dialog.duty_page
    assert [line.text() for line in page.weights.values()] == ["1", "1.5", "2", "3"]
    page.gap.setValue(3)
    page.weights[DayKind.SPRING_FESTIVAL].setText("4")
    page.called["duty.phone"].setText("0558-1234567")
    page.weights[DayKind.HOLIDAY].setText("两倍")
    dialog.save()
    assert "权重" in dialog.trouble.words()
    assert page.weights[DayKind.HOLIDAY].text() == "两倍"
    page.weights[DayKind.HOLIDAY].setText("2")
    dialog.save()
    assert settings.get_setting(office, "duty.gap") == "3"
    assert settings.get_setting(office, "duty.weights") == '{"spring_festival": "4"}'
    assert settings.get_setting(office, "duty.phone") == "0558-1234567"
    assert not page.is_changed()
