using System.Buffers;
using System.Text;
using System.Text.Unicode;
using SQLitePCL;

namespace OnBehalf.Store.Dialects;

/// <summary>
/// A prepared statement: parameters are bound by position from 1, columns are read by position from 0. Bound and read
/// without boxing, which is twice as fast as ADO.NET where a page has thousands of rows.
/// </summary>
sealed unsafe class Statement(Sqlite database, sqlite3_stmt handle) : IDisposable
{
    // Valid until Dispose, which every statement meets in a using.
    readonly nint _pointer = handle.DangerousGetHandle();

    byte[] _text = ArrayPool<byte>.Shared.Rent(1024);

    /// <summary>Binds a number.</summary>
    public Statement Bind(int position, long value)
    {
        database.Check(Native.sqlite3_bind_int64(_pointer, position, value));
        return this;
    }

    /// <summary>Binds a number or null.</summary>
    public Statement Bind(int position, long? value)
    {
        if (value is { } number) return Bind(position, number);
        database.Check(Native.sqlite3_bind_null(_pointer, position));
        return this;
    }

    /// <summary>Binds a fraction or null.</summary>
    public Statement Bind(int position, double? value)
    {
        database.Check(value is { } number
            ? raw.sqlite3_bind_double(handle, position, number)
            : Native.sqlite3_bind_null(_pointer, position));
        return this;
    }

    /// <summary>Binds text; what UTF-8 cannot say (half a surrogate pair) becomes U+FFFD.</summary>
    public Statement Bind(int position, string? value)
    {
        if (value is null) return Bind(position, (long?)null);
        var room = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < room) Grow(room);
        Utf8.FromUtf16(value, _text, out _, out var written);
        fixed (byte* text = _text)
            database.Check(Native.sqlite3_bind_text(_pointer, position, text, written, Native.Transient));
        return this;
    }

    /// <summary>Binds bytes.</summary>
    public Statement Bind(int position, ReadOnlySpan<byte> value)
    {
        var none = default(byte); // An empty blob must point somewhere, else it is null.
        fixed (byte* bytes = value)
            database.Check(Native.sqlite3_bind_blob(
                _pointer, position, value.IsEmpty ? &none : bytes, value.Length, Native.Transient));
        return this;
    }

    /// <summary>Goes to the next row, or executes; false at the end.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE) return false;
        var fault = database.Fault(code);
        _ = raw.sqlite3_reset(handle);
        throw fault;
    }

    /// <summary>Executes once, and is ready to be bound anew.</summary>
    /// <returns>How many rows it changed.</returns>
    public int Execute()
    {
        while (Step()) { }
        var changed = database.Changes;
        Reset();
        return changed;
    }

    /// <summary>Ready to be bound and executed anew; bindings stay until they are bound again.</summary>
    public void Reset() => database.Check(raw.sqlite3_reset(handle));

    /// <summary>Whether the column is null.</summary>
    public bool IsNull(int column) => Native.sqlite3_column_type(_pointer, column) == raw.SQLITE_NULL;

    /// <summary>A whole number.</summary>
    public long Long(int column) => Native.sqlite3_column_int64(_pointer, column);

    /// <summary>A fraction.</summary>
    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>A whole number that fits 32 bits.</summary>
    public int Int(int column) => unchecked((int)Native.sqlite3_column_int64(_pointer, column));

    /// <summary>Text.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>Text, or null.</summary>
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>Bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column)
    {
        var bytes = Native.sqlite3_column_blob(_pointer, column); // Before the length, which it may change.
        return new(bytes, Native.sqlite3_column_bytes(_pointer, column));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        handle.Dispose();
        ArrayPool<byte>.Shared.Return(_text);
        _text = [];
    }

    void Grow(int room)
    {
        ArrayPool<byte>.Shared.Return(_text);
        _text = ArrayPool<byte>.Shared.Rent(room);
    }
}
