package io.embeddingexport.kafka.admin;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
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
    OTHER
  }

  private static final int PATIENCE_MILLIS = 2_000;
  private static final int CORRELATION = 0x6565;
  private static final byte TLS_HANDSHAKE = 22;
  private static final byte TLS_ALERT = 21;

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
      if (isTls(address)) {
        return Finding.TLS;
      }
      // The version list is the one request that a listener with SASL answers before the login.
      if (!answers(address, ApiKeys.API_VERSIONS, 0, new byte[0])) {
        return Finding.OTHER;
      }
      // Asks for no topics.
      return answers(address, ApiKeys.METADATA, 1, new byte[Integer.BYTES])
          ? Finding.PLAINTEXT
          : Finding.SASL_PLAINTEXT;
    } catch (ConnectException e) {
      return Finding.REFUSED;
    } catch (IOException e) {
      return Finding.UNREACHABLE;
    }
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

  private boolean isTls(InetSocketAddress address) throws IOException {
    byte[] hello = hello();
    try (Socket socket = connect(address)) {
      int first = firstAnswer(socket, hello);
      return first == TLS_HANDSHAKE || first == TLS_ALERT;
    }
  }

  private byte[] hello() throws SSLException {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine(host, port);
      engine.setUseClientMode(true);
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      byte[] bytes = new byte[hello.flip().remaining()];
      hello.get(bytes);
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new SSLException(e);
    }
  }

  /** The first byte of the answer; -1: none. */
  private static int firstAnswer(Socket socket, byte[] request) throws IOException {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(request);
      out.flush();
      return socket.getInputStream().read();
    } catch (SocketException | java.net.SocketTimeoutException e) {
      return -1;
    }
  }

  /** Whether a request without a client id gets an answer of Kafka's form. */
  private static boolean answers(InetSocketAddress address, ApiKeys api, int version, byte[] body)
      throws IOException {
    int size = 3 * Short.BYTES + Integer.BYTES + body.length;
    ByteBuffer request = ByteBuffer.allocate(Integer.BYTES + size);
    request.putInt(size).putShort(api.id).putShort((short) version).putInt(CORRELATION);
    request.putShort((short) -1).put(body);
    try (Socket socket = connect(address)) {
      socket.getOutputStream().write(request.array());
      socket.getOutputStream().flush();
      DataInputStream answer = new DataInputStream(socket.getInputStream());
      answer.readInt();
      return answer.readInt() == CORRELATION;
    } catch (ConnectException e) {
      throw e;
    } catch (SocketException | EOFException | java.net.SocketTimeoutException e) {
      return false;
    }
  }
}
