"""The tables of cases, one file a topic; Django finds them here."""

import amends.cases.models.attention
import amends.cases.models.bulk
import amends.cases.models.bundles
import amends.cases.models.case
import amends.cases.models.causes
import amends.cases.models.clocks
import amends.cases.models.colleagues
import amends.cases.models.conduct
import amends.cases.models.deciding
import amends.cases.models.fields
import amends.cases.models.findings
import amends.cases.models.held
import amends.cases.models.keeping
import amends.cases.models.lessons
import amends.cases.models.procedures
import amends.cases.models.promises
import amends.cases.models.protection
import amends.cases.models.read_back
import amends.cases.models.sheets
import amends.cases.models.snoozing
import amends.cases.models.tags
import amends.cases.models.thanks
import amends.cases.models.todos
import amends.cases.models.turns
import amends.cases.models.unsent
import amends.cases.models.views
