using OnBehalf.Simulator.Mailboxes;

namespace OnBehalf.Simulator.Truths;

/// <summary>A wait that really was: who was waiting since which letter, and what ended it.</summary>
/// <param name="Opened">The first letter nobody had answered.</param>
/// <param name="Answer">The reply that ended it; null while it lasts.</param>
/// <param name="Cycle">The stretch of the conversation it belongs to, from 1.</param>
/// <param name="IsFirst">Whether it is the first of its cycle.</param>
sealed record TrueWait(Letter Opened, Letter? Answer, int Cycle, bool IsFirst);

/// <summary>Keeps the waits of one conversation by the definitions of the metrics, from the letters in order of time.</summary>
sealed class Ledger
{
    /// <summary>Silence of that many days ends a cycle in which nobody waits.</summary>
    public const int SilenceDays = 5;

    /// <summary>A second reply by another agent within that many minutes answers nothing.</summary>
    public const int CollisionMinutes = 10;

    readonly List<TrueWait> _waits = [];
    readonly HashSet<Letter> _collisions = [];
    Letter? _opened;
    Letter? _lastReply;
    int _lastHumanAt = int.MinValue;
    int _cycle;
    bool _cycleHasWait;

    public IReadOnlyList<TrueWait> Waits => _waits;
    public IReadOnlySet<Letter> Collisions => _collisions;

    public static Ledger Of(IEnumerable<Letter> letters)
    {
        var ledger = new Ledger();
        foreach (var letter in letters)
            if (letter is { Kind: LetterKind.Human, IsTouch: false }) ledger.Enter(letter);
        ledger.Close(null);
        return ledger;
    }

    void Enter(Letter letter)
    {
        if (letter.IsOutbound) Reply(letter);
        else Ask(letter);
        _lastHumanAt = letter.At;
    }

    void Ask(Letter letter)
    {
        var isSilent = _cycle > 0 && _opened is null && (long)letter.At - _lastHumanAt > SilenceDays * 86_400L;
        if (isSilent || _cycle == 0)
        {
            _cycle++;
            _cycleHasWait = false;
        }
        _opened ??= letter;
    }

    void Reply(Letter letter)
    {
        if (letter.By is null) return;
        if (_lastReply is { } last && last.By != letter.By && letter.At - last.At <= CollisionMinutes * 60)
        {
            _collisions.Add(letter);
            return;
        }
        _lastReply = letter;
        Close(letter);
    }

    void Close(Letter? answer)
    {
        if (_opened is null) return;
        _waits.Add(new TrueWait(_opened, answer, _cycle, !_cycleHasWait));
        _cycleHasWait = true;
        _opened = null;
    }
}
