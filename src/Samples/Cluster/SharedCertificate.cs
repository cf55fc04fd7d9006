using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;

namespace MlNetShallowNet.Samples.Cluster;

/// <summary>
/// A certificate with its key that all machines of a cluster have, and nobody else: they speak with who shows the same one, and what they say is
/// encrypted.
/// </summary>
internal sealed class SharedCertificate
{
    private readonly X509Certificate2 _certificate;

    private SharedCertificate(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Reads a certificate.</summary>
    /// <param name="path">A PEM file with the certificate and its key.</param>
    /// <exception cref="UserError">It holds none.</exception>
    public static SharedCertificate Read(string path)
    {
        try
        {
            using X509Certificate2 read = X509Certificate2.CreateFromPemFile(path);
            return new SharedCertificate(X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null)); // Windows takes no key from PEM for connections
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new UserError(
                $"--certificate {path} can't be read as a certificate with its key ({e.Message.TrimEnd('.')}); make one with openssl req -x509 -newkey ec " +
                $"-pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /CN=shallownet -keyout {path} -out {path}", e);
        }
    }

    /// <summary>Has a silo speak with such machines only.</summary>
    public void Use(ISiloBuilder silo) => silo.UseTls(_certificate, tls =>
    {
        (tls.RemoteCertificateMode, tls.ClientCertificateMode) = (RemoteCertificateMode.RequireCertificate, RemoteCertificateMode.RequireCertificate);
        tls.RemoteCertificateValidation = (other, _, _) => other.RawDataMemory.Span.SequenceEqual(_certificate.RawDataMemory.Span);
        tls.OnAuthenticateAsClient = (_, options) => options.TargetHost = "shallownet";
    });
}
