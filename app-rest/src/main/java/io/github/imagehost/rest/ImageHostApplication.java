package io.github.imagehost.rest;

import com.google.common.base.Suppliers;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.rest.settings.ServiceLimits;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The service's entry point. */
@SpringBootApplication
public class ImageHostApplication {

    private static final String BAD_FILE = "The file .env can't be read, or has a line that is not NAME=value";

    /**
     * Starts the service with the settings of the environment and of a {@code .env} file in the working directory. A
     * signal ends it gracefully, with exit code 0.
     */
    public static void main(String[] arguments) {
        ConfigurableApplicationContext service = start(ImageHostApplication::environment, ServiceLimits.DEFAULT);
        Termination.onSignal(service::close);
    }

    /**
     * Starts the service.
     *
     * @param environment its settings by their names, as in the environment
     * @return the running service; closing it stops the service gracefully
     */
    public static ConfigurableApplicationContext start(Map<String, String> environment) {
        return start(environment, ServiceLimits.DEFAULT);
    }

    /**
     * As {@link #start(Map)}, with other limits.
     *
     * @param environment its settings by their names, as in the environment
     * @param limits what is no setting
     * @return the running service; closing it stops the service gracefully
     */
    public static ConfigurableApplicationContext start(Map<String, String> environment, ServiceLimits limits) {
        return start(() -> environment, limits);
    }

    private static ConfigurableApplicationContext start(
            Supplier<Map<String, String>> environment, ServiceLimits limits) {
        Supplier<Settings> settings = Suppliers.memoize(() -> Settings.of(environment.get()));
        SpringApplication application = new SpringApplication(ImageHostApplication.class);
        application.addListeners(new EarlySettings(settings));
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(Settings.class, settings);
            beans.registerBean(ServiceLimits.class, () -> limits);
            beans.registerBean(ServiceSettings.class, () -> ServiceSettings.from(context.getBean(Settings.class)));
        });
        return application.run();
    }

    private static Map<String, String> environment() {
        try {
            return Dotenv.configure().ignoreIfMissing().load().entries().stream()
                    .collect(Collectors.toMap(DotenvEntry::getKey, DotenvEntry::getValue));
        } catch (DotenvException e) {
            // its message repeats the line, which may hold a secret
            throw new SettingsException(BAD_FILE);
        }
    }
}
