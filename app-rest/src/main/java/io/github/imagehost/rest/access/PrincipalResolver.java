package io.github.imagehost.rest.access;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.OwnerId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who sent a request, and whose images it is about: what a controller's method gets as its {@link Principal} and its
 * {@link OwnerId}. Only for methods that {@linkplain Requires require} something. Safe for use by many threads.
 */
@Component
final class PrincipalResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == OwnerId.class || parameter.getParameterType() == Principal.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        Principal principal = RequestPrincipal.of(
                        Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)))
                .orElseThrow(() -> new IllegalStateException("Nobody knows who sent this request"));
        return parameter.getParameterType() == OwnerId.class ? principal.owner() : principal;
    }
}
