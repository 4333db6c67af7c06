using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OnBehalf.Tests.Support;

/// <summary>Certificates that last as long as a test wants.</summary>
static class Certificates
{
    public static X509Certificate2 Make(DateTimeOffset from, DateTimeOffset until)
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=onbehalf", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(from, until);
    }
}
