using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>What an application signs in with: a secret or a certificate. A class, so that nothing prints its parts.</summary>
public sealed class AppCredential
{
    /// <summary>Bytes of a file with a secret: secrets have about forty letters.</summary>
    const int SecretLimit = 4096;

    readonly string? _secret;
    readonly X509Certificate2? _certificate;

    AppCredential(string? secret, X509Certificate2? certificate) => (_secret, _certificate) = (secret, certificate);

    /// <summary>A client secret: its value, not its id.</summary>
    public static AppCredential OfSecret(string secret) => new(secret, null);

    /// <summary>A certificate with its private key.</summary>
    /// <exception cref="Mistake">invalid: the private key is missing.</exception>
    public static AppCredential OfCertificate(X509Certificate2 certificate) => certificate.HasPrivateKey
        ? new(null, certificate)
        : throw new Mistake("invalid", $"The certificate {certificate.Thumbprint} has no private key here. "
            + "Name a .pfx file, or a .pem file that holds certificate and key.");

    /// <summary>
    /// Finds a credential where a reference says: <c>env:NAME</c> and <c>file:PATH</c> hold a secret,
    /// <c>certificate:PATH</c> a .pfx or .pem file. The password of a .pfx is in ONBEHALF_CERTIFICATE_PASSWORD.
    /// </summary>
    /// <exception cref="Mistake">invalid: no such form. not_found: nothing there. damaged: no certificate in it.</exception>
    public static AppCredential Load(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        var place = reference[(colon + 1)..];
        return (colon < 0 ? "" : reference[..colon]) switch
        {
            "env" => OfSecret(Environment.GetEnvironmentVariable(place) is { Length: > 0 } secret ? secret
                : throw new Mistake("not_found", $"The environment variable {place}, which holds the secret, is not set.")),
            "file" => OfSecret(ReadSecret(place)),
            "certificate" => OfCertificate(ReadCertificate(place)),
            _ => throw new Mistake("invalid", "A credential is given as env:NAME, file:PATH or certificate:PATH; "
                + "never as the secret itself, which would end up in histories and logs."),
        };
    }

    /// <summary>When the certificate ends; null for a secret, whose end only the directory knows.</summary>
    public DateTimeOffset? Expires => _certificate is { } certificate ? new DateTimeOffset(certificate.NotAfter) : null;

    internal TokenCredential ToTokenCredential(string tenant, string client, Uri authority, HttpPipelineTransport wire)
    {
        if (_certificate is null)
            return new ClientSecretCredential(
                tenant, client, _secret, Set(new ClientSecretCredentialOptions { DisableInstanceDiscovery = true }));
        return new ClientCertificateCredential(
            tenant, client, _certificate, Set(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = true }));

        T Set<T>(T options) where T : TokenCredentialOptions
        {
            (options.AuthorityHost, options.Transport) = (authority, wire);
            (options.Retry.MaxRetries, options.Retry.Delay) = (2, TimeSpan.FromMilliseconds(300));
            return options;
        }
    }

    static string ReadSecret(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var bytes = new byte[SecretLimit];
            var length = stream.ReadAtLeast(bytes, SecretLimit, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes.AsSpan(0, length)).Trim('\ufeff', ' ', '\r', '\n', '\t');
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            throw new Mistake("not_found", $"The secret cannot be read from {path}: {absent.Message}");
        }
    }

    static X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            return path.EndsWith(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadPkcs12FromFile(path,
                    Environment.GetEnvironmentVariable("ONBEHALF_CERTIFICATE_PASSWORD"));
        }
        catch (CryptographicException broken)
        {
            throw new Mistake("damaged", $"There is no certificate with its key in {path}, or its password is not the one "
                + $"in ONBEHALF_CERTIFICATE_PASSWORD: {broken.Message}");
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            throw new Mistake("not_found", $"The certificate cannot be read from {path}: {absent.Message}");
        }
    }
}
