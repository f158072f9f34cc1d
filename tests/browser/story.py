"""The scenario that browsers play: two cells, one of each channel, a network that can fail."""

SCENARIO = """\
cyberex: 1
id: browser
title: Au navigateur
timing: {startex: lundi 12 janvier 2026 09:00, briefing: 10 min, play: 60 min, debrief: 10 min}
cells:
  - {id: crisis, title: Cellule de crise}
  - {id: care, title: Soins}
roles:
  - {id: it, title: Informatique, cell: crisis}
  - {id: dir, title: Direction, cell: crisis}
  - {id: ward, title: Cadre, cell: care}
actors:
  - id: nurse
    title: Mme Lenoir, infirmière
    kind: staff
    played_by: animator-1
    phone: "0639980001"
  - id: press
    title: M. Da Costa, Le Courrier
    kind: media
    played_by: animator-2
    email: dacosta@courrier.example
assets:
  - {id: network, title: Réseau}
channels:
  - {id: phone, title: Téléphone, kind: phone}
  - {id: mail, title: Courriel, kind: email, needs: [network], fallback: phone}
  - {id: sms, title: SMS, kind: sms}
  - {id: tv, title: Télévision, kind: media}
stimuli:
  - id: s01
    at: T+5
    from: nurse
    to: [it]
    via: mail
    title: Postes figés
    text: "EXERCICE. Six postes sont figés."
    expect: [{id: s01-facts, text: Relève les faits, within: 5 min}]
  - id: s02
    at: T+10
    from: press
    to: [ward]
    via: mail
    title: Une question
    text: "EXERCICE. Confirmez-vous ?"
  - id: s03
    at: T+40
    from: nurse
    to: [dir]
    via: phone
    title: Suite
    text: "EXERCICE. Encore."
    if_stuck: Dites depuis quand.
    remarks: Laissez parler.
    expect: [{id: s03-facts, text: Rappelle, within: 5 min}]
"""
