package io.embeddingexport.kafka.admin;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.common.protocol.ApiKeys;

/**
 * Finds out what listens at a broker's address: a client that gets no answer does not know why. It
 * sends the first bytes of a connection and no secrets, and trusts nobody.
 */
final class ListenerProbe {
  /** What listens there. */
  enum Finding {
    UNRESOLVED,
    REFUSED,
    UNREACHABLE,
    PLAINTEXT,
    SASL_PLAINTEXT,
    TLS,
    /** TLS, and the broker asks for a client's certificate. */
    MUTUAL_TLS,
    OTHER
  }

  private static final int PATIENCE_MILLIS = 2_000;
  private static final int CORRELATION = 0x6565;
  private static final int TLS_ALERT = 21;

  private final String host;
  private final int port;

  ListenerProbe(String host, int port) {
    this.host = host;
    this.port = port;
  }

  Finding run() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      return Finding.UNRESOLVED;
    }
    try {
      // The version list is the one request that a listener with SASL answers before the login.
      if (answers(address, ApiKeys.API_VERSIONS, 0, new byte[0]) != Answer.KAFKA) {
        return ofTls(address);
      }
      // Asks for no topics.
      return answers(address, ApiKeys.METADATA, 1, new byte[Integer.BYTES]) == Answer.KAFKA
          ? Finding.PLAINTEXT
          : Finding.SASL_PLAINTEXT;
    } catch (ConnectException e) {
      return Finding.REFUSED;
    } catch (IOException e) {
      return Finding.UNREACHABLE;
    }
  }

  /**
   * Whether a request in plaintext meets TLS. A Kafka client without TLS must not be tried there:
   * it takes the alert for the size of an answer, and allocates hundreds of megabytes.
   */
  boolean meetsTls() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    try {
      return !address.isUnresolved()
          && answers(address, ApiKeys.API_VERSIONS, 0, new byte[0]) == Answer.TLS;
    } catch (IOException e) {
      return false;
    }
  }

  private enum Answer {
    KAFKA,
    TLS,
    NONE
  }

  private static Socket connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(address, PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Finding ofTls(InetSocketAddress address) throws IOException {
    CertificateRequests requests = new CertificateRequests();
    Socket connected = connect(address);
    try (Socket socket = connected;
        SSLSocket tls =
            (SSLSocket)
                requests.context().getSocketFactory().createSocket(socket, host, port, true)) {
      tls.startHandshake();
      return requests.seen() ? Finding.MUTUAL_TLS : Finding.TLS;
    } catch (SSLException e) {
      // A broker that speaks TLS may refuse this client, but not before it has shown its
      // certificate.
      return requests.seen()
          ? Finding.MUTUAL_TLS
          : requests.metBroker() ? Finding.TLS : Finding.OTHER;
    } catch (SocketException | EOFException | SocketTimeoutException e) {
      return Finding.OTHER;
    }
  }

  /** Sends a request without a client id. */
  private static Answer answers(InetSocketAddress address, ApiKeys api, int version, byte[] body)
      throws IOException {
    int size = 3 * Short.BYTES + Integer.BYTES + body.length;
    ByteBuffer request = ByteBuffer.allocate(Integer.BYTES + size);
    request.putInt(size).putShort(api.id).putShort((short) version).putInt(CORRELATION);
    request.putShort((short) -1).put(body);
    // A failure to connect is the caller's: nothing is there to answer.
    Socket connected = connect(address);
    try (Socket socket = connected) {
      socket.getOutputStream().write(request.array());
      socket.getOutputStream().flush();
      DataInputStream answer = new DataInputStream(socket.getInputStream());
      // The size of an answer to these requests has a zero there.
      if (answer.readByte() == TLS_ALERT) {
        return Answer.TLS;
      }
      answer.skipBytes(Integer.BYTES - 1);
      return answer.readInt() == CORRELATION ? Answer.KAFKA : Answer.NONE;
    } catch (SocketException | EOFException | SocketTimeoutException e) {
      return Answer.NONE;
    }
  }
}
