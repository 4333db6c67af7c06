using System.Text;
using System.Text.Json;
using OnBehalf.Engine.Facts;

namespace OnBehalf.Sources.Audit;

/// <summary>Takes records as they are found, keeps the sends and counts the rest, until a page is full.</summary>
sealed class RecordIntake(Addresses addresses)
{
    /// <summary>How many sends and damaged records fill a page.</summary>
    public const int PageLimit = 4096;

    /// <summary>How many records fill a page, so that progress shows where nothing is a send.</summary>
    public const int RecordsPerPage = 100_000;

    /// <summary>The complaint about a record that cannot be read as JSON.</summary>
    public const string NotJson = "cut off, or not JSON";

    readonly RecordIds _ids = new();
    readonly RecordFields _fields = new();
    string _input = "";
    string _unit = "";
    List<SendFact> _sends = [];
    List<Damage> _damaged = [];
    int _records;
    int _repeats;
    int _failed;

    /// <summary>Whether it is time to hand over a page.</summary>
    public bool IsFull => _sends.Count + _damaged.Count >= PageLimit || _records >= RecordsPerPage;

    /// <summary>Another input, and how its records are named in complaints.</summary>
    public void Enter(string input, string unit) => (_input, _unit) = (input, unit);

    /// <summary>What was taken since the last page.</summary>
    public AuditPage Page(long bytesRead)
    {
        var page = new AuditPage(_sends, _damaged, _records, _repeats, bytesRead, Failed: _failed);
        (_sends, _damaged, _records, _repeats, _failed) = ([], [], 0, 0, 0);
        return page;
    }

    /// <summary>A record as JSON.</summary>
    public void Take(ReadOnlySpan<byte> json, int number)
    {
        try
        {
            TakeJson(json.Trim(" \t\r\n"u8), number);
        }
        catch (JsonException) when (json.ContainsAnyInRange((byte)0, (byte)0x1F))
        {
            // A line end inside a text is what some exporters make of the one in OriginatingServer.
            TakeMended(json, number);
        }
        catch (JsonException)
        {
            Damaged(number, NotJson);
        }
    }

    /// <summary>Empty fields, to be filled and given to <see cref="TakeColumns"/>.</summary>
    public RecordFields Begin()
    {
        _fields.Clear();
        return _fields;
    }

    /// <summary>A record whose fields were columns.</summary>
    public void TakeColumns(RecordFields fields, int number)
    {
        var operation = fields[FieldName.Operation];
        var id = fields[FieldName.Id, FieldName.RecordId, FieldName.Identity, FieldName.OfficeId];
        if (operation is null) Damaged(number, NoOperation);
        else if (RecordReader.SendOf(Encoding.UTF8.GetBytes(operation.Trim())) is { } send)
            TakeSend(fields, send, number);
        else TakeOther(Guid.TryParse(id, out var guid) ? guid : Guid.Empty);
    }

    /// <summary>Something that could not be read.</summary>
    /// <param name="number">The row or record, from 1.</param>
    /// <param name="reason">What is wrong with it.</param>
    public void Damaged(int number, string reason) => _damaged.Add(new($"{_input}, {_unit} {number}", reason));

    /// <summary>An input that could not be read, or not to its end.</summary>
    public void DamagedInput(string input, string reason) => _damaged.Add(new(input, reason));

    const string NoOperation = "no audit record: it has no Operation";

    void TakeJson(ReadOnlySpan<byte> json, int number)
    {
        if (json is not [(byte)'{', .., (byte)'}'])
        {
            Damaged(number, json.IsEmpty || json.SequenceEqual("null"u8) ? "AuditData is empty" : NotJson);
            return;
        }
        var glance = RecordReader.Glance(json);
        if (!glance.HasOperation) Damaged(number, NoOperation);
        else if (glance.Send is null) TakeOther(glance.Id);
        else
        {
            _fields.Clear();
            _fields.Read(json);
            TakeSend(_fields, glance.Send.Value, number);
        }
    }

    void TakeMended(ReadOnlySpan<byte> json, int number)
    {
        var mended = json.ToArray();
        foreach (ref var one in mended.AsSpan())
            if (one < ' ') one = (byte)' ';
        Take(mended, number);
    }

    void TakeOther(Guid id)
    {
        _records++;
        if (!_ids.AddOther(id)) _repeats++;
    }

    void TakeSend(RecordFields fields, SendOperation operation, int number)
    {
        if (SendTranslation.ToFact(fields, operation, addresses, out var complaint) is not { } send)
        {
            Damaged(number, complaint);
            return;
        }
        _records++;
        if (!_ids.AddSend(send.RecordId)) _repeats++;
        else if (SendTranslation.IsFailed(fields)) _failed++;
        else _sends.Add(send);
    }
}
