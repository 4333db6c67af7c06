using System.Globalization;
using System.Text;

namespace OnBehalf.Simulator.People;

/// <summary>The names, firms and subjects of the pretend world. All are invented; all addresses are under .example.</summary>
static class Names
{
    public static readonly string[] First =
    [
        "Anna", "Ben", "Clara", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jan", "Karin", "Leo", "Maria", "Nils",
        "Olga", "Paul", "Quinn", "Rosa", "Simon", "Tereza", "Ursula", "Viktor", "Wanda", "Xaver", "Yara", "Zdeněk", "Aoife",
        "Björn", "Chloé", "Dario", "Eszter", "Farid", "Gülay", "Hana", "Ivo", "Joana", "Kenji", "Lucía", "Mirko", "Noor",
    ];

    public static readonly string[] Last =
    [
        "Adler", "Bianchi", "Carlsen", "Dvořák", "Ekström", "Fischer", "García", "Horváth", "Ibsen", "Jansen", "Kovács",
        "Lindqvist", "Marek", "Novák", "O'Brien", "Petrov", "Quast", "Rossi", "Schmidt", "Tanaka", "Urban", "Varga", "Weber",
        "Ximénez", "Young", "Zeman", "Álvarez", "Brandt", "Cermak", "Duval",
    ];

    public static readonly string[] CustomerDomains =
    [
        "northwind.example", "fabrikam.example", "tailspin.example", "mail.example", "post.example", "woodgrove.example",
        "litware.example", "proseware.example", "adventure.example", "humongous.example",
    ];

    public static readonly string[] Topics =
    [
        "Order {0} delayed", "Invoice {0}", "Question about order {0}", "Return of parcel {0}", "Password reset for account {0}",
        "Damaged delivery {0}", "Offer {0}", "Contract {0} renewal", "Missing part in {0}", "Complaint {0}", "Address change {0}",
        "Größe tauschen, Auftrag {0}", "Objednávka č. {0}", "Facture n° {0}",
    ];

    public static readonly string[] Newsletters = ["weekly-deals.example", "industry-news.example", "webinars.example"];
    public static readonly string[] Machines = ["monitoring", "backup", "calendar-sync"];
    public static readonly string[] Departments = ["Customer Care", "Sales", "Finance", "Operations"];

    /// <summary>The letters of a name that may stand in an address.</summary>
    public static string Plain(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && char.IsAsciiLetter(letter))
                letters.Append(char.ToLowerInvariant(letter));
        return letters.ToString();
    }
}
