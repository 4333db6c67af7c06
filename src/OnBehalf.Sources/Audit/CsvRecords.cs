using System.Text;
using System.Text.Json;

namespace OnBehalf.Sources.Audit;

/// <summary>
/// The records of a CSV input: the column <c>AuditData</c> of any export of Microsoft's or of others, whatever the
/// other columns are; or, where it is missing, the columns of an <c>OfficeActivity</c> table of Log Analytics.
/// </summary>
/// <remarks>
/// Our own reader and not a library: a row past the limit, or a quote that is never closed, costs one row here and
/// the bytes are split where they lie, as UTF-8, which is what the JSON reader wants.
/// </remarks>
sealed class CsvRecords(Window window, RecordIntake intake)
{
    readonly List<CsvField> _fields = [];
    byte[] _scratch = [];
    byte _delimiter;
    FieldName[]? _columns;
    int _auditData = -1;
    int _row;
    bool _inLongLine;

    /// <summary>Takes one row; false when more bytes are needed.</summary>
    public bool Next()
    {
        if (window.Unread.IsEmpty) return false;
        if (_inLongLine) return SkipLine();
        if (_delimiter == 0) return FindDelimiter();

        var isAll = window.Unread.Length <= Window.RecordLimit;
        var row = isAll ? window.Unread : window.Unread[..Window.RecordLimit];
        var length = CsvRow.Split(row, _delimiter, isAll && window.Ended, _fields);
        if (length == CsvRow.Incomplete) return (!isAll || window.Ended) && GiveUpLine();
        _row++;
        if (_columns is null) ReadHeader(row[..length]);
        else if (!IsBlank(row[..length])) TakeRow(row[..length]);
        window.Consume(Math.Min(length, window.Unread.Length));
        return true;
    }

    // The first line of Windows PowerShell's Export-Csv may be "#TYPE …", and Excel's may be "sep=;".
    bool FindDelimiter()
    {
        var line = window.Unread;
        var end = line.IndexOf((byte)'\n');
        if (end < 0 && !window.Ended && line.Length <= Window.RecordLimit) return false;
        if (end >= 0) line = line[..end];
        if (line.StartsWith("#TYPE"u8) || line.StartsWith("sep="u8)) window.Consume(Math.Max(line.Length, end + 1));
        else
        {
            var commas = line.Count((byte)',');
            _delimiter = (byte)(line.Count((byte)';') > commas ? ';' : line.Count((byte)'\t') > commas ? '\t' : ',');
        }
        return true;
    }

    void ReadHeader(ReadOnlySpan<byte> row)
    {
        _columns = new FieldName[_fields.Count];
        for (var i = 0; i < _fields.Count; i++)
        {
            var name = CsvRow.Text(row, _fields[i], ref _scratch);
            // Log Analytics writes "TimeGenerated [UTC]".
            if (name.EndsWith(" [UTC]"u8)) name = name[..^6];
            _columns[i] = FieldNames.Of(name.Trim((byte)' '));
        }
        _auditData = Array.IndexOf(_columns, FieldName.AuditData);
        if (_auditData >= 0 || _columns.Contains(FieldName.Operation)) return;
        intake.Damaged(_row, "not an audit export: neither JSON nor a CSV header with a column AuditData or Operation");
        window.Abandon();
    }

    void TakeRow(ReadOnlySpan<byte> row)
    {
        if (_auditData < 0) TakeColumns(row);
        else if (_fields.Count <= _auditData) intake.Damaged(_row, $"{_fields.Count} columns, none of them AuditData");
        else intake.Take(CsvRow.Text(row, _fields[_auditData], ref _scratch), _row);
    }

    void TakeColumns(ReadOnlySpan<byte> row)
    {
        var fields = intake.Begin();
        try
        {
            for (var i = 0; i < Math.Min(_fields.Count, _columns!.Length); i++)
            {
                if (_columns[i] == FieldName.None) continue;
                var text = Encoding.UTF8.GetString(CsvRow.Text(row, _fields[i], ref _scratch));
                fields.Put(_columns[i], text, RecordPart.Outer);
            }
        }
        catch (JsonException)
        {
            intake.Damaged(_row, RecordIntake.NotJson);
            return;
        }
        intake.TakeColumns(fields, _row);
    }

    // Only the first line of the row is given up: an unclosed quote must not take the rows below with it. This stays
    // linear: a line that leaves a quote open when read from its start closes the one above it.
    bool GiveUpLine()
    {
        intake.Damaged(++_row, $"a quote is not closed, or the row is longer than {Window.RecordLimit} bytes");
        if (_columns is null) window.Abandon();
        return SkipLine();
    }

    bool SkipLine()
    {
        var end = window.Unread.IndexOf((byte)'\n');
        _inLongLine = end < 0;
        window.Consume(end < 0 ? window.Unread.Length : end + 1);
        return true;
    }

    static bool IsBlank(ReadOnlySpan<byte> row) => row.Trim("\r\n \t"u8).IsEmpty;
}
