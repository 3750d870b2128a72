package io.embeddingexport.it;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** The warnings and errors that Kafka's clients log in this process while this is open. */
final class KafkaWarnings implements AutoCloseable {
  private static final String CLIENTS = "org.apache.kafka.clients";

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final AbstractAppender appender =
      new AbstractAppender("kafka-warnings", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(
              event.getLevel()
                  + " "
                  + event.getLoggerName()
                  + ": "
                  + event.getMessage().getFormattedMessage());
        }
      };

  KafkaWarnings() {
    appender.start();
    LoggerConfig clients = new LoggerConfig(CLIENTS, Level.WARN, false);
    clients.addAppender(appender, Level.WARN, null);
    configuration().addLogger(CLIENTS, clients);
    context.updateLoggers();
  }

  private Configuration configuration() {
    return context.getConfiguration();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    configuration().removeLogger(CLIENTS);
    context.updateLoggers();
    appender.stop();
  }
}
