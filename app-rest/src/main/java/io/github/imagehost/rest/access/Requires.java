package io.github.imagehost.rest.access;

import io.github.imagehost.core.model.access.Scope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a request has to be allowed before this method of a controller sees it. Each of them has this annotation or
 * {@link OpenToEverybody}, or the service does not start.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Requires {

    /**
     * All of these; if there are none, a credential is enough, whatever it is good for, unless everybody may have it.
     */
    Scope[] value();
}
