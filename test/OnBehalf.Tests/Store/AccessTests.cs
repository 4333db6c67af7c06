using System.Runtime.InteropServices;
using OnBehalf.Engine;
using OnBehalf.Store;
using OnBehalf.Store.Dialects;

namespace OnBehalf.Tests.Store;

// Two writers · readers meanwhile · foreign, newer, older, damaged files · full disk · folders that cannot be.
public sealed class AccessTests
{
    [Fact]
    public void A_second_writer_waits_its_turn_and_is_told_for_whom()
    {
        using var file = new StoreFile();
        var first = file.Write();
        var said = new List<string>();
        using var second = file.Write(new(TimeSpan.FromMinutes(1), message =>
        {
            said.Add(message);
            first.Dispose();
        }));
        Assert.Contains($"process {Environment.ProcessId} (", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_writer_gives_up_when_its_time_is_over()
    {
        using var file = new StoreFile();
        using var first = file.Write();
        var before = file.Clock.GetUtcNow();
        var said = new List<string>();
        var mistake = StoreFile.MistakeOf(() => file.Write(new(TimeSpan.FromSeconds(30), said.Add)));
        Assert.Equal("busy", mistake.Code);
        Assert.Contains("since 2026-03-02 09:00:00 UTC", mistake.Message, StringComparison.Ordinal);
        Assert.Single(said);
        Assert.InRange((file.Clock.GetUtcNow() - before).TotalSeconds, 30, 31);
    }

    [Fact]
    public void Two_names_of_one_file_meet_at_one_lock()
    {
        using var file = new StoreFile();
        using var first = file.Write();
        var other = Path.Combine(Path.GetDirectoryName(file.Path)!, "other.db");
        File.CreateSymbolicLink(other, file.Path);
        Assert.Equal("busy", StoreFile.MistakeOf(() => MailStore.Open(other, StoreAccess.Write, file.Clock)).Code);
    }

    [Fact]
    public void Readers_see_what_is_committed_and_nothing_else()
    {
        using var file = new StoreFile();
        using var writer = file.Write();
        var mailbox = writer.Addresses.Intern("support@acme.example");
        StoreFile.Append(writer, mailbox, SomeFacts.Messages(0, 10, writer.Addresses));
        using var early = file.Read();
        var seen = new List<long>();
        writer.Write(() =>
        {
            using var late = file.Read();
            using (var delete = writer.Database.PrepareText("delete from fact")) delete.Execute();
            seen.AddRange([early.Facts.Counts()[0].Messages, late.Facts.Counts()[0].Messages]);
            return 0;
        });
        Assert.Equal([10, 10], seen);
        Assert.Empty(early.Facts.Counts());
    }

    [Fact]
    public void A_reader_learns_addresses_that_came_later()
    {
        using var file = new StoreFile();
        using var writer = file.Write();
        using var reader = file.Read();
        var mailbox = writer.Addresses.Intern("support@acme.example");
        StoreFile.Append(writer, mailbox, SomeFacts.Messages(0, 10, writer.Addresses));
        Assert.Equal([mailbox], reader.Facts.Mailboxes());
        Assert.Equal("support@acme.example", reader.Addresses[mailbox]);
        Assert.Throws<InvalidOperationException>(() => reader.Facts.Begin(ImportKind.Mail, "box.mbox", mailbox));
    }

    [Fact]
    public void There_is_nothing_to_read_where_there_is_no_file()
    {
        using var file = new StoreFile();
        Assert.Equal("not_found", StoreFile.MistakeOf(() => file.Read()).Code);
        Assert.False(File.Exists(file.Path));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_file_that_is_no_database_is_left_alone(bool writes)
    {
        using var file = new StoreFile();
        var content = string.Join('\n', Enumerable.Repeat("Dear diary, this is not a database.", 100));
        File.WriteAllText(file.Path, content);
        var mistake = StoreFile.MistakeOf(() => (writes ? file.Write() : file.Read()).Dispose());
        Assert.Equal("damaged", mistake.Code);
        Assert.Contains(file.Path, mistake.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(file.Path));
        Assert.Equal([file.Path], Directory.GetFiles(Path.GetDirectoryName(file.Path)!));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Another_program_s_database_is_left_alone(bool writes)
    {
        using var file = new StoreFile();
        using (var other = Sqlite.Open(file.Path, writes: true)) other.Execute("create table bookmark (url text)");
        var content = File.ReadAllBytes(file.Path);
        Assert.Equal("conflict", StoreFile.MistakeOf(() => (writes ? file.Write() : file.Read()).Dispose()).Code);
        Assert.Equal(content, File.ReadAllBytes(file.Path));
        Assert.Equal([file.Path], Directory.GetFiles(Path.GetDirectoryName(file.Path)!));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_file_of_a_newer_program_is_left_alone(bool writes)
    {
        using var file = new StoreFile();
        file.Write().Dispose();
        using (var newer = Sqlite.Open(file.Path, writes: true))
            newer.Execute($"pragma user_version = {Schema.Newest + 1}; pragma wal_checkpoint(truncate)");
        var content = File.ReadAllBytes(file.Path);
        var mistake = StoreFile.MistakeOf(() => (writes ? file.Write() : file.Read()).Dispose());
        Assert.Equal("conflict", mistake.Code);
        Assert.Contains("Upgrade", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllBytes(file.Path));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void An_older_file_is_brought_up_to_date_and_keeps_its_facts(bool writes)
    {
        using var file = new StoreFile();
        file.Fill(10);
        using (var older = Sqlite.Open(file.Path, writes: true))
            older.Execute(
                "drop table segment; drop table finding; drop table tenant; drop table account; drop table bookmark; "
                + "drop table setup_finding; drop table subscription; "
                + "pragma user_version = 1");
        using (var store = writes ? file.Write() : file.Read())
        {
            Assert.Equal(10, store.Facts.Counts()[0].Messages);
            Assert.Empty(store.Findings.ReadSegments());
        }
        using var upgraded = Sqlite.Open(file.Path, writes: false);
        Assert.Equal(Schema.Newest, Schema.Version(upgraded));
    }

    [Fact]
    public void A_damaged_page_is_a_clear_mistake_and_check_finds_it()
    {
        using var file = new StoreFile();
        file.Fill(2000);
        var bytes = File.ReadAllBytes(file.Path);
        bytes.AsSpan(bytes.Length / 2, 200_000).Fill(0xA5);
        File.WriteAllBytes(file.Path, bytes);
        using var damaged = file.Read();
        Assert.NotEmpty(damaged.Check());
        var mistake = StoreFile.MistakeOf(() => damaged.Facts.Mailboxes()
            .SelectMany(mailbox => damaged.Facts.ReadJoins(mailbox)).Count());
        Assert.Equal("damaged", mistake.Code);
        Assert.Equal(bytes, File.ReadAllBytes(file.Path));
    }

    [Fact]
    public void A_file_cut_off_is_damaged()
    {
        using var file = new StoreFile();
        file.Fill(2000);
        using (var cut = File.OpenWrite(file.Path)) cut.SetLength(cut.Length / 3);
        Assert.Equal("damaged", StoreFile.MistakeOf(() =>
        {
            using var damaged = file.Read();
            foreach (var mailbox in damaged.Facts.Mailboxes()) _ = damaged.Facts.ReadJoins(mailbox).Count();
        }).Code);
    }

    [Fact]
    public void A_page_that_finds_no_room_leaves_the_store_as_it_was()
    {
        using var file = new StoreFile();
        using var store = file.Write();
        var mailbox = store.Addresses.Intern("support@acme.example");
        StoreFile.Append(store, mailbox, SomeFacts.Messages(0, 100, store.Addresses));
        var import = store.Facts.Begin(ImportKind.Mail, "box.mbox", mailbox);
        var page = SomeFacts.Messages(100, 2000, store.Addresses);
        store.Database.Execute($"pragma max_page_count = {store.Database.Pragma("page_count") + 5}");
        var mistake = StoreFile.MistakeOf(() => import.AppendMessages(page));
        Assert.Equal("unavailable", mistake.Code);
        Assert.Contains("room", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(100, store.Facts.Counts()[0].Messages);
        Assert.Empty(store.Check());
        store.Database.Execute("pragma max_page_count = 1000000");
        Assert.Equal(new(2000, 0), import.AppendMessages(page));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_clear_mistake()
    {
        using var file = new StoreFile();
        File.WriteAllText(file.Path, "a file, not a folder");
        var below = Path.Combine(file.Path, "folder", "mail.db");
        var mistake = StoreFile.MistakeOf(() => MailStore.Open(below, StoreAccess.Write, file.Clock));
        Assert.Equal("unavailable", mistake.Code);
        Assert.Contains(below, mistake.Message, StringComparison.Ordinal);
        var folder = Path.GetDirectoryName(file.Path)!;
        mistake = StoreFile.MistakeOf(() => MailStore.Open(folder, StoreAccess.Write, file.Clock));
        Assert.Equal("unavailable", mistake.Code);
    }

    [Fact]
    public void A_folder_that_may_only_be_read_can_be_read_and_says_why_not_written()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Permissions are tried with Linux's own means.");
            return;
        }
        using var file = new StoreFile();
        file.Fill(10);
        var folder = Path.GetDirectoryName(file.Path)!;
        foreach (var name in Directory.GetFiles(folder)) File.SetUnixFileMode(name, ReadOnly);
        File.SetUnixFileMode(folder, ReadOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute);
        Mistake? refused = null;
        long messages = 0;
        AsNobody(() =>
        {
            using (var reader = file.Read()) messages = reader.Facts.Counts()[0].Messages;
            refused = StoreFile.MistakeOf(() => file.Write());
        });
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal(10, messages);
        Assert.Equal("unavailable", refused!.Code);
        Assert.Contains(file.Path, refused.Message, StringComparison.Ordinal);
    }

    const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead;

    // Root may write anywhere, whatever the mode bits say. A thread of its own gives that up for files, and ends.
    static void AsNobody(Action action)
    {
        Exception? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                if (Environment.IsPrivilegedProcess) _ = SetFileOwner(65534);
                action();
            }
            catch (Exception thrown)
            {
                fault = thrown;
            }
        });
        thread.Start();
        thread.Join();
        if (fault is not null) throw new InvalidOperationException("As nobody: " + fault.Message, fault);
    }

    // setfsuid(2): whose permissions count for files, for the calling thread alone.
    [DllImport("libc", EntryPoint = "setfsuid")]
    static extern int SetFileOwner(int owner);
}
