using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Files;

/// <summary>
/// What was read since the last page. A Content-Length (mboxcl) claims that what looks like messages inside a body is
/// not: they are held here until the claim is settled at its end, so that no body need be read twice.
/// </summary>
sealed class MailBatch
{
    const long Nothing = -1;

    List<MessageFact> _messages = [];
    List<Damage> _damaged = [];
    long _claimEnd = Nothing, _claimStart;
    int _claimMessage, _claimDamage;
    int _full = MailLimits.FirstPage;

    /// <summary>
    /// Whether there is a page's worth, damage included, and no claim is open about any of it: a file of nothing but
    /// damage must not be gathered in memory.
    /// </summary>
    public bool IsFull => _messages.Count + _damaged.Count >= _full
        && (_claimEnd == Nothing || _claimMessage == _messages.Count);

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _messages.Count == 0 && _damaged.Count == 0;

    /// <summary>Adds a message that began at this byte of its file.</summary>
    public void Add(MessageFact message, long start)
    {
        if (_claimEnd != Nothing && _messages.Count == _claimMessage) _claimStart = start;
        _messages.Add(message);
    }

    /// <summary>Adds what could not be read.</summary>
    public void Add(Damage damage) => _damaged.Add(damage);

    /// <summary>The message that comes next says that its body ends at this byte. Inside an open claim nobody claims.</summary>
    public void Claim(long end)
    {
        if (_claimEnd != Nothing) return;
        (_claimEnd, _claimMessage, _claimDamage) = (end, _messages.Count, _damaged.Count);
    }

    /// <summary>
    /// Settles the claim where a From line stands or the file ends: it is true exactly when this is the claimed place,
    /// or the one behind an empty line.
    /// </summary>
    public void Settle(long at, int emptyLine)
    {
        if (_claimEnd == Nothing) return;
        var isThere = at == _claimEnd || at - emptyLine == _claimEnd;
        if (isThere && _messages.Count > _claimMessage + 1) Believe();
        if (isThere || at > _claimEnd || _messages.Count - _claimMessage > MailLimits.InsideClaim) Release();
    }

    /// <summary>No claim is open any longer.</summary>
    public void Release() => _claimEnd = Nothing;

    /// <summary>The page, which leaves nothing here.</summary>
    public MailPage Take(long bytesRead)
    {
        var page = new MailPage(_messages, _damaged, bytesRead);
        _claimMessage = 0;
        _claimDamage = 0;
        (_messages, _damaged, _full) = (new(MailLimits.Page), [], MailLimits.Page);
        return page;
    }

    void Believe()
    {
        _messages.RemoveRange(_claimMessage + 1, _messages.Count - _claimMessage - 1);
        _damaged.RemoveRange(_claimDamage, _damaged.Count - _claimDamage);
        _messages[_claimMessage] = _messages[_claimMessage] with { Size = MessageReader.Saturated(_claimEnd - _claimStart) };
    }
}
