package io.embeddingexport.it;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/**
 * All that any class of this JVM logs at WARN or above while this is open, a line each: logger and
 * message.
 */
final class LogWarnings implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Map<LoggerConfig, Level> levels = new HashMap<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AbstractAppender appender =
      new AbstractAppender("log-warnings", null, null, false, Property.EMPTY_ARRAY) {
        @Override
        public void append(LogEvent event) {
          lines.add(event.getLoggerName() + ": " + event.getMessage().getFormattedMessage());
        }
      };

  LogWarnings() {
    for (LoggerConfig logger : context.getConfiguration().getLoggers().values()) {
      levels.put(logger, logger.getLevel());
      logger.setLevel(Level.WARN);
    }
    appender.start();
    root.addAppender(appender, Level.WARN, null);
    context.updateLoggers();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    root.removeAppender(appender.getName());
    levels.forEach(LoggerConfig::setLevel);
    context.updateLoggers();
    appender.stop();
  }
}
