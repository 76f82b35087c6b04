package io.github.imagehost.rest;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.rest.config.ServiceSettings;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The service's entry point. */
@SpringBootApplication
public class ImageHostApplication {

    /** Starts the service with the settings of the environment and of a {@code .env} file in the working directory. */
    public static void main(String[] arguments) {
        Dotenv environment = Dotenv.configure().ignoreIfMissing().load();
        start(environment.entries().stream().collect(Collectors.toMap(DotenvEntry::getKey, DotenvEntry::getValue)));
    }

    /**
     * Starts the service.
     *
     * @param environment its settings by their names, as in the environment
     * @return the running service; closing it stops the service gracefully
     */
    public static ConfigurableApplicationContext start(Map<String, String> environment) {
        Settings settings = Settings.of(environment);
        SpringApplication application = new SpringApplication(ImageHostApplication.class);
        application.addInitializers(context -> {
            GenericApplicationContext beans = (GenericApplicationContext) context;
            beans.registerBean(Settings.class, () -> settings);
            beans.registerBean(ServiceSettings.class, () -> ServiceSettings.from(settings));
        });
        return application.run();
    }
}
