package io.github.imagehost.rest.access;

import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Lets a request go on to its controller if its sender may do what the controller does. Nothing of its body has been
 * read then. Whoever has no method of a controller, such as a file of the documentation, is open to everybody.
 */
@Component
class PermissionInterceptor implements HandlerInterceptor, WebMvcConfigurer, SmartInitializingSingleton {

    private final Permissions permissions;
    private final SessionCookie cookie;
    private final ObjectProvider<RequestMappingInfoHandlerMapping> mappings;
    private final Map<Method, Optional<List<Scope>>> required = new ConcurrentHashMap<>();

    PermissionInterceptor(
            Permissions permissions, SessionCookie cookie, ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
        this.permissions = permissions;
        this.cookie = cookie;
        this.mappings = mappings;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** @throws IllegalStateException if a method does not say who may get to it */
    @Override
    public void afterSingletonsInstantiated() {
        mappings.forEach(mapping -> mapping.getHandlerMethods().values().forEach(this::required));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // which methods there are is in the documentation, too
        boolean asksForMethods = HttpMethod.OPTIONS.matches(request.getMethod());
        if (!asksForMethods && handler instanceof HandlerMethod method) {
            required(method).ifPresent(scopes -> check(request, response, scopes));
        }
        return true;
    }

    private Optional<List<Scope>> required(HandlerMethod method) {
        return required.computeIfAbsent(method.getMethod(), key -> declared(method));
    }

    /** Empty if everybody may get to it. */
    private static Optional<List<Scope>> declared(HandlerMethod method) {
        if (ErrorController.class.isAssignableFrom(method.getBeanType())) {
            // what went wrong is told to whoever asked
            return Optional.empty();
        }
        Requires requires = method.getMethodAnnotation(Requires.class);
        if ((requires == null) != method.hasMethodAnnotation(OpenToEverybody.class)) {
            throw new IllegalStateException(
                    "Who may get to " + method + "? It needs either @Requires or @OpenToEverybody");
        }
        return Optional.ofNullable(requires).map(annotation -> List.of(annotation.value()));
    }

    private void check(HttpServletRequest request, HttpServletResponse response, List<Scope> scopes) {
        boolean isInEndedSession = RequestPrincipal.isInEndedSession(request);
        if (isInEndedSession) {
            cookie.clear(response);
        }
        if (RequestPrincipal.isAwaited(request)) {
            // whoever reads the form asks then
            return;
        }
        if (isInEndedSession) {
            throw new ApiException(ApiError.LOGIN_REQUIRED);
        }
        permissions.check(request, scopes);
    }
}
