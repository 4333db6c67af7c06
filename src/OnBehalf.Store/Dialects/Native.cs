using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace OnBehalf.Store.Dialects;

/// <summary>
/// The functions of SQLite that are called dozens of times a row (sqlite.org/c3ref: Binding Values, Result Values). They
/// return within nanoseconds and call nothing back, so neither a guarded handle nor a transition of the collector is
/// needed for each: a row is read and written in half the time. Everything else goes through SQLitePCLRaw.
/// </summary>
static unsafe class Native
{
    const string Library = "e_sqlite3"; // The native library of SQLitePCLRaw.bundle_e_sqlite3.

    /// <summary>SQLite makes its own copy before the call returns.</summary>
    public static readonly nint Transient = -1;

    [DllImport(Library), SuppressGCTransition]
    public static extern int sqlite3_bind_int64(nint statement, int position, long value);

    [DllImport(Library), SuppressGCTransition]
    public static extern int sqlite3_bind_null(nint statement, int position);

    [DllImport(Library), SuppressGCTransition]
    public static extern int sqlite3_bind_text(nint statement, int position, byte* text, int length, nint destructor);

    [DllImport(Library), SuppressGCTransition]
    public static extern int sqlite3_bind_blob(nint statement, int position, byte* bytes, int length, nint destructor);

    [DllImport(Library), SuppressGCTransition]
    public static extern int sqlite3_column_type(nint statement, int column);

    [DllImport(Library), SuppressGCTransition]
    public static extern long sqlite3_column_int64(nint statement, int column);

    [DllImport(Library), SuppressGCTransition]
    public static extern byte* sqlite3_column_blob(nint statement, int column);

    [DllImport(Library), SuppressGCTransition]
    public static extern int sqlite3_column_bytes(nint statement, int column);
}
