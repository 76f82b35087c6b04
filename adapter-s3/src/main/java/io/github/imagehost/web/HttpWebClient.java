package io.github.imagehost.web;

import com.google.common.base.Supplier;
import com.google.common.base.Suppliers;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.github.imagehost.core.port.web.UntrustedHostException;
import io.github.imagehost.core.port.web.WebAnswer;
import io.github.imagehost.core.port.web.WebClient;
import io.github.imagehost.core.port.web.WebTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.Lookup;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

/**
 * A client for the web that connects to the addresses that it is given and to no others. Each exchange has a connection
 * of its own, so that nothing of one is there for the next.
 */
public final class HttpWebClient implements WebClient {

    private static final Timeout CONNECT_LIMIT = Timeout.ofSeconds(5);
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEADER = 16 * 1024;
    private static final String IDENTITY = "identity";
    private static final String CLOSE = "close";
    private static final long IDLE_SECONDS = 5;

    private static final RequestConfig REQUEST = RequestConfig.custom()
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .setResponseTimeout(Timeout.DISABLED)
            .build();

    /** Whom the JVM trusts is much to read, and most of the time nobody asks. */
    private final Supplier<Lookup<TlsSocketStrategy>> tls;

    private final ScheduledThreadPoolExecutor timers;

    private HttpWebClient(Supplier<SSLContext> trust) {
        this.tls = Suppliers.memoize(() -> RegistryBuilder.<TlsSocketStrategy>create()
                .register(URIScheme.HTTPS.id, new DefaultClientTlsStrategy(trust.get()))
                .build());
        this.timers = new ScheduledThreadPoolExecutor(
                1,
                new ThreadFactoryBuilder()
                        .setNameFormat("imagehost-fetch-timer-%d")
                        .setDaemon(true)
                        .build());
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
    }

    /** A client that trusts whom the JVM trusts. */
    public static HttpWebClient create() {
        return new HttpWebClient(SSLContexts::createDefault);
    }

    /** A client that trusts others. */
    static HttpWebClient trusting(SSLContext trust) {
        return new HttpWebClient(() -> trust);
    }

    @Override
    public WebAnswer get(WebTarget target, Duration limit) throws IOException {
        ExchangeSockets sockets = new ExchangeSockets();
        Future<?> end = timers.schedule(sockets::close, limit.toNanos(), TimeUnit.NANOSECONDS);
        CloseableHttpClient client = client(target, sockets);
        Runnable release = () -> {
            end.cancel(false);
            try {
                sockets.close();
            } finally {
                client.close(CloseMode.IMMEDIATE);
            }
        };
        boolean isOpen = false;
        try {
            HttpHost host = new HttpHost(
                    target.isSecure() ? URIScheme.HTTPS.id : URIScheme.HTTP.id, target.host(), target.port());
            WebAnswer answer = new HttpAnswer(
                    client.executeOpen(host, request(host, target.path()), HttpCoreContext.create()), release);
            isOpen = true;
            return answer;
        } catch (SSLHandshakeException | SSLPeerUnverifiedException e) {
            throw new UntrustedHostException("No trusted connection to " + target.host() + " can be made", e);
        } finally {
            if (!isOpen) {
                release.run();
            }
        }
    }

    private static ClassicHttpRequest request(HttpHost host, String path) {
        ClassicHttpRequest request = new BasicClassicHttpRequest("GET", host, path);
        request.setHeader(HttpHeaders.ACCEPT, "image/*");
        request.setHeader(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
        request.setHeader(HttpHeaders.CONNECTION, CLOSE);
        return request;
    }

    private CloseableHttpClient client(WebTarget target, ExchangeSockets sockets) {
        BasicHttpClientConnectionManager connections = new BasicHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(sockets, null, new Known(target), tls.get()),
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(MOST_HEADERS)
                                .setMaxLineLength(LONGEST_HEADER)
                                .build())
                        .build());
        connections.setConnectionConfig(
                ConnectionConfig.custom().setConnectTimeout(CONNECT_LIMIT).build());
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(REQUEST)
                .setUserAgent("imagehost")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    /** Knows one host, and what was found of it before. */
    private record Known(WebTarget target) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (!host.equals(target.host())) {
                throw new UnknownHostException(host);
            }
            return target.addresses().toArray(InetAddress[]::new);
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
