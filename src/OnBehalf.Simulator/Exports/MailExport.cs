using System.Globalization;
using System.Text;
using OnBehalf.Simulator.Mailboxes;
using OnBehalf.Simulator.People;

namespace OnBehalf.Simulator.Exports;

/// <summary>Writes a mailbox as files, so that an importer can be tried on the same world: mbox, or .eml in folders.</summary>
sealed class MailExport(World world)
{
    /// <summary>mboxrd: a line that begins with any number of &gt; and then From gets one &gt; more.</summary>
    public void WriteMbox(Stream stream, SharedMailbox mailbox)
    {
        foreach (var (message, _) in Readable(mailbox))
        {
            var at = world.Company.At(message.AppearsAt).ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture);
            stream.Write(Encoding.ASCII.GetBytes($"From {SenderOf(message)} {at}\n"));
            foreach (var line in Encoding.UTF8.GetString(MimeText.Of(world.Company, message)).Split("\r\n"))
            {
                if (line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal)) stream.WriteByte((byte)'>');
                stream.Write(Encoding.UTF8.GetBytes(line));
                stream.WriteByte((byte)'\n');
            }
        }
    }

    public void WriteEml(string root, SharedMailbox mailbox)
    {
        foreach (var (message, state) in Readable(mailbox))
        {
            var folder = Path.Combine(root, state.Folder.ToString());
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"{message.Number:D7}.eml"), MimeText.Of(world.Company, message));
        }
    }

    /// <summary>What an export tool finds: no drafts, and nothing from the recoverable items.</summary>
    IEnumerable<(StoredMessage Message, MessageState State)> Readable(SharedMailbox mailbox)
    {
        var now = world.Now;
        foreach (var message in world.Shelf.Open(mailbox).Stored)
            if (message.StateAt(now) is { Exists: true, IsDraft: false, Folder: not FolderCode.RecoverableItems } state)
                yield return (message, state);
    }

    string SenderOf(StoredMessage message) =>
        new Envelope(world.Company, message.Letter).From?.Address is { } address && !address.Contains(' ') ? address : "MAILER-DAEMON";
}
