using OnBehalf.Cli.Options;
using OnBehalf.Engine;
using OnBehalf.Sources.Graph;
using OnBehalf.Store;
using Spectre.Console;

namespace OnBehalf.Cli;

/// <summary>What <c>connect</c> asks a person; what is known already is offered as the answer.</summary>
sealed class ConnectQuestions(IAnsiConsole console)
{
    const string Typed = "Addresses of the mailboxes, with commas between";

    /// <summary>The tenant and how to sign in to it.</summary>
    public TenantRecord AskTenant(TenantRecord known)
    {
        var cloud = Ask($"Cloud ({string.Join(", ", NationalCloud.All.Select(one => one.Name))})", known.Cloud, text =>
            Complaint(() => NationalCloud.Parse(text)));
        var tenant = Ask("Directory (tenant) ID", known.Id, Needed);
        var client = Ask("Application (client) ID", known.Client, Needed);
        var credential = Ask(
            "Where the secret is: env:NAME, file:PATH or certificate:PATH; never the secret itself", known.Credential,
            text => Complaint(() => AppCredential.Load(text)));
        return new(tenant, NationalCloud.Parse(cloud).Name, client, credential)
        {
            SecretEndsAt = credential.StartsWith("certificate:", StringComparison.Ordinal) ? null : AskEnd() ?? known.SecretEndsAt,
        };
    }

    /// <summary>Which of the mailboxes are read; typed ones where none was found.</summary>
    public IReadOnlyList<string> AskMailboxes(IReadOnlyList<string> found)
    {
        if (found.Count == 0)
            return Ask(Typed, "", Needed).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var prompt = new MultiSelectionPrompt<string> { Title = "Which mailboxes shall be read?", Required = true, PageSize = 15 };
        foreach (var address in found) prompt.AddChoice(Markup.Escape(address)).Select();
        return [.. console.Prompt(prompt).Select(Markup.Remove)];
    }

    /// <summary>Yes or no; yes unless it is said.</summary>
    public bool Confirm(string question) => console.Prompt(new ConfirmationPrompt(question));

    NodaTime.Instant? AskEnd()
    {
        var text = Ask("The day the secret ends, as 2027-03-01; nothing where you do not know", "", text =>
            text.Length == 0 ? null : Complaint(() => TenantOptions.Day(text)));
        return text.Length == 0 ? null : TenantOptions.Day(text);
    }

    string Ask(string question, string known, Func<string, string?> complain)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(question)) { AllowEmpty = true }
            .Validate(text => complain(Answer(text)) is { } complaint
                ? ValidationResult.Error(Markup.Escape(complaint)) : ValidationResult.Success());
        if (known.Length > 0) prompt.DefaultValue(known);
        return Answer(console.Prompt(prompt));

        string Answer(string text) => text.Trim() is { Length: > 0 } said ? said : known;
    }

    static string? Needed(string text) => text.Length == 0 ? "It cannot be empty." : null;

    static string? Complaint<T>(Func<T> read)
    {
        try
        {
            read();
            return null;
        }
        catch (Mistake mistake)
        {
            return mistake.Message;
        }
    }
}
