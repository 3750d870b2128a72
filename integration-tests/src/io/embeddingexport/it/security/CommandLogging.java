package io.embeddingexport.it.security;

import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * Logs as the commands do, to what standard error is at the time. Their console appender would keep
 * the stream that it found first.
 */
final class CommandLogging implements AutoCloseable {
  /** Start of each line. */
  static final String LINE = "log: ";

  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

  private CommandLogging() {}

  static CommandLogging begin() {
    CommandLogging logging = new CommandLogging();
    logging.context.setConfigLocation(Path.of("etc/log4j2-cli.properties").toUri());
    LoggerConfig root = logging.context.getConfiguration().getRootLogger();
    List.copyOf(root.getAppenders().keySet()).forEach(root::removeAppender);
    AbstractAppender appender =
        new AbstractAppender("console", null, null, false, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            System.err.println(
                LINE
                    + event.getLevel()
                    + ' '
                    + event.getLoggerName()
                    + ": "
                    + event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    root.addAppender(appender, null, null);
    logging.context.updateLoggers();
    return logging;
  }

  @Override
  public void close() {
    context.setConfigLocation(null);
  }
}
