package io.embeddingexport.it.security;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates of a test, made with the JDK's {@code keytool} in one directory. */
final class Certificates {
  static final String PASSWORD = "sesame-store";

  private static final String LOOPBACK = "ip:127.0.0.1";

  private final Path directory;

  private Certificates(Path directory) {
    this.directory = directory;
  }

  static Certificates create(Path directory) throws Exception {
    Certificates all = new Certificates(Files.createDirectories(directory));
    all.authority("ca");
    all.authority("stranger");
    all.leaf("broker", "ca", LOOPBACK, "-1d", 10);
    all.leaf("expired", "ca", LOOPBACK, "-20d", 10);
    all.leaf("early", "ca", LOOPBACK, "+5d", 10);
    all.leaf("elsewhere", "ca", "dns:elsewhere.example.com", "-1d", 10);
    all.leaf("client", "ca", LOOPBACK, "-1d", 10);
    all.leaf("strange-client", "stranger", LOOPBACK, "-1d", 10);
    return all;
  }

  /** The file with the key and certificate of {@code name}, or a truststore. */
  Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  /** The file that trusts the certificates of an authority. */
  Path trust(String authority) {
    return store("trust-" + authority);
  }

  private void authority(String name) throws Exception {
    generate(store(name), name, List.of("-ext", "bc:c"), "-100d", 1000);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(name, load(store(name)).getCertificate(name));
    write(trust, trust(name));
  }

  private void leaf(String name, String authority, String host, String start, int days)
      throws Exception {
    Path file = store(name);
    Files.copy(store(authority), file);
    generate(file, name, List.of("-signer", authority, "-ext", "san=" + host), start, days);
    // Only there to sign.
    KeyStore store = load(file);
    store.deleteEntry(authority);
    write(store, file);
  }

  private void generate(Path file, String name, List<String> more, String start, int days)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + name,
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(more);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
  }

  private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static void write(KeyStore store, Path file)
      throws IOException, GeneralSecurityException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }
}
