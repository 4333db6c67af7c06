using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Mailboxes;

/// <summary>Mail that nobody should answer: newsletters, machines, meetings, chat copies.</summary>
sealed class NoiseScript(Company company, SharedMailbox mailbox, LetterDesk desk)
{
    /// <summary>Plays so many pieces of noise as fit to that many conversations.</summary>
    public void Play(int conversations)
    {
        var chance = new Chance(Chance.Mix(mailbox.Seed, 700));
        Repeat(conversations * 0.15, LetterForm.Newsletter, LetterKind.Bulk);
        Repeat(conversations * 0.08, LetterForm.Notification, LetterKind.System);
        Repeat(conversations * company.Quirks[Quirk.Meetings], LetterForm.MeetingRequest, LetterKind.Calendar);
        Repeat(conversations * company.Quirks[Quirk.Meetings], LetterForm.MeetingAnswer, LetterKind.Calendar);
        Repeat(conversations * company.Quirks[Quirk.TeamsCopies], LetterForm.ChatCopy, LetterKind.System);

        void Repeat(double times, LetterForm form, LetterKind kind)
        {
            for (var count = (int)Math.Ceiling(times); count > 0; count--)
                desk.Receive(Subject(chance, form), chance.Below(company.EndSecond), form, kind, null);
        }
    }

    Talk Subject(Chance chance, LetterForm form)
    {
        var seed = chance.Next();
        var number = seed % 90_000 + 10_000;
        var topic = form switch
        {
            LetterForm.Newsletter => $"This week's offers, edition {number}",
            LetterForm.Notification => $"[{chance.Pick(Names.Machines)}] Job {number} finished",
            LetterForm.ChatCopy => $"Chat {number}",
            _ => $"Planning round {number}",
        };
        return new Talk
        {
            Seed = seed, Topic = topic, Outside = Customer.For(seed), Mailbox = mailbox,
            BeganAt = -1, ConversationGuid = Chance.GuidFrom(Chance.Mix(seed, 30)),
        };
    }
}
