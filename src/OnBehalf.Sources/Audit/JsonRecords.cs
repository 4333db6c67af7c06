using System.Buffers;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// The records of a JSON input of any size: an array, one record a line, pages of <c>{"value":[…]}</c>, a single
/// record, or several of these in a row. Nothing is held but the record being read.
/// </summary>
sealed class JsonRecords(Window window, RecordIntake intake)
{
    // Also the mark of UTF-8 and the record separator of JSON text sequences (RFC 7464).
    static readonly SearchValues<byte> Between = SearchValues.Create(" \t\r\n,\u001e\ufeff"u8);
    static readonly SearchValues<byte> AfterNonsense = SearchValues.Create("{[\n"u8);

    JsonScanner _scanner;
    int _scanned;
    bool _inRecord;
    bool _inArray;
    bool _inPage;
    bool _inPageTail;
    bool _isTooLong;
    bool _inNonsense;
    bool _isBroken;
    int _number;

    /// <summary>Takes one step; false when more bytes are needed.</summary>
    public bool Next()
    {
        if (!_inRecord && !Begin()) return false;
        switch (_scanner.Scan(window.Unread, ref _scanned, window.Ended))
        {
            case Extent.Complete:
                Complete();
                return true;
            case Extent.Page:
                End(_scanned);
                (_inPage, _inArray) = (true, true);
                return true;
            case Extent.Broken:
                Break();
                return true;
            default:
                if (window.Unread.Length > Window.RecordLimit) LetGo();
                return false;
        }
    }

    /// <summary>Says so when the input ended inside an array: whoever wrote it was interrupted.</summary>
    public void Finish()
    {
        if (_inArray && !_isBroken) intake.Damaged(_number + 1, "the array is not closed: the input was cut off");
    }

    bool Begin()
    {
        while (true)
        {
            var unread = window.Unread;
            var start = unread.IndexOfAnyExcept(Between);
            window.Consume(start < 0 ? unread.Length : start);
            if (start < 0) return false;
            switch (unread[start])
            {
                case (byte)'{':
                    _scanner = default;
                    _inNonsense = _isBroken = false;
                    return _inRecord = true;
                case (byte)'[':
                    _inArray = true;
                    break;
                case (byte)']' when _inPage:
                    // What follows the array of a page is not read: the next link, a count.
                    _scanner = JsonScanner.InsideObject;
                    (_inPage, _inArray, _inPageTail, _inRecord) = (false, false, true, true);
                    window.Consume(1);
                    return true;
                case (byte)']':
                    _inArray = false;
                    break;
                default:
                    SkipNonsense();
                    continue;
            }
            window.Consume(1);
        }
    }

    void SkipNonsense()
    {
        if (!_inNonsense) intake.Damaged(_number + 1, "no record begins here: not JSON");
        _inNonsense = true;
        var unread = window.Unread;
        var next = unread[1..].IndexOfAny(AfterNonsense);
        window.Consume(next < 0 ? unread.Length : next + 1);
    }

    void Complete()
    {
        if (!_inPageTail)
        {
            _number++;
            if (_isTooLong || _scanned > Window.RecordLimit)
                intake.Damaged(_number, $"longer than {Window.RecordLimit} bytes");
            else
                intake.Take(window.Unread[.._scanned], _number);
        }
        End(_scanned);
    }

    // One record a line: the next line is the next record, however the broken one was nested.
    void Break()
    {
        _isBroken = true;
        if (!_inPageTail) intake.Damaged(++_number, RecordIntake.NotJson);
        var isInSight = !_isTooLong && _scanned <= Window.RecordLimit;
        var lineEnd = _inArray || !isInSight ? -1 : window.Unread[.._scanned].IndexOf((byte)'\n');
        End(lineEnd < 0 ? _scanned : lineEnd + 1);
    }

    void LetGo()
    {
        _isTooLong = true;
        window.Consume(_scanned);
        _scanned = 0;
    }

    void End(int length)
    {
        window.Consume(length);
        _scanned = 0;
        _inRecord = _inPageTail = _isTooLong = false;
    }
}
