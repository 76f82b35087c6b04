package io.github.imagehost.rest.guard;

import io.github.imagehost.core.access.source.AddressRules;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.request.RequestPath;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests from addresses from which the service is not to be used, and those of which nobody knows whence. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class AddressFilter extends OncePerRequestFilter {

    private final AddressRules rules;
    private final ClientAddresses addresses;
    private final ErrorResponses errors;

    AddressFilter(AddressRules rules, ClientAddresses addresses, ErrorResponses errors) {
        this.rules = rules;
        this.addresses = addresses;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<InetAddress> client = addresses.find(request);
        if (client.isEmpty()) {
            refuse(request, response, ApiError.CLIENT_UNKNOWN);
        } else if (!isAllowed(client.get(), RequestPath.of(request))) {
            refuse(request, response, ApiError.ADDRESS_REFUSED);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isAllowed(InetAddress client, RequestPath path) {
        boolean isForEverybody = path.isImage() || path.isHealth();
        return isForEverybody ? rules.allowPictures(client) : rules.allow(client);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, ApiError error) throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
        errors.write(request, response, error);
    }
}
