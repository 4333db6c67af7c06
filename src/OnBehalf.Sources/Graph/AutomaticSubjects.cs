namespace OnBehalf.Sources.Graph;

/// <summary>
/// How Exchange begins the subject of an automatic reply, in the languages it is used in. It is looked at only where a
/// sent message has no headers to tell: Graph gives none for Sent Items.
/// </summary>
static class AutomaticSubjects
{
    // en, de, fr, es, pt, it, nl, da/no, sv, fi, cs, sk, pl, hu, ro, tr, and the older English form.
    static readonly string[] Beginnings =
    [
        "Automatic reply:", "Automatische Antwort:", "Réponse automatique", "Respuesta automática:", "Resposta automática:",
        "Risposta automatica:", "Automatisch antwoord:", "Automatisk svar:", "Autosvar:", "Automaattinen vastaus:",
        "Automatická odpověď:", "Automatická odpoveď:", "Odpowiedź automatyczna:", "Automatikus válasz:",
        "Răspuns automat:", "Otomatik yanıt:", "Out of Office:",
    ];

    /// <summary>Whether the subject begins so. An answer to an automatic reply does not: it begins with RE: or the like.</summary>
    public static bool Begin(string subject)
    {
        foreach (var beginning in Beginnings)
            if (subject.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
