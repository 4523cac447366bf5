package io.mnemosyne.index;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.io.CloseMode;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to the cluster that the settings name. Thread-safe. */
public final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int CONNECT_SECONDS = 2;
    private static final int RESPONSE_SECONDS = 60;

    private final PoolingAsyncClientConnectionManager manager;
    private final OpenSearchTransport transport;

    private Connection(PoolingAsyncClientConnectionManager manager, OpenSearchTransport transport) {
        this.manager = manager;
        this.transport = transport;
    }

    /**
     * Connections to all nodes; none is opened before it is used.
     *
     * @throws IllegalArgumentException if the certificate of the settings cannot be used
     */
    public static Connection open(IndexSettings settings) {
        HttpHost[] hosts = settings.urls().stream().map(Connection::host).toArray(HttpHost[]::new);
        var pool = PoolingAsyncClientConnectionManagerBuilder.create()
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).build());
        settings.certificate().ifPresent(file -> pool.setTlsStrategy(
                ClientTlsStrategyBuilder.create().setSslContext(trusting(file)).buildAsync()));
        PoolingAsyncClientConnectionManager manager = pool.build();
        return new Connection(manager, ApacheHttpClient5TransportBuilder.builder(hosts)
                .setMapper(new JacksonJsonpMapper(new ObjectMapper()))
                .setDefaultHeaders(headers(settings))
                .setHttpClientConfigCallback(client -> client.setConnectionManager(manager))
                .setRequestConfigCallback(
                        request -> request.setResponseTimeout(RESPONSE_SECONDS, TimeUnit.SECONDS))
                .build());
    }

    /** A client that uses these connections. */
    public OpenSearchClient client() {
        return new OpenSearchClient(transport);
    }

    /** Cuts the connections: a request that is still under way fails, however long its answer would have taken. */
    @Override
    public void close() {
        // First, because the transport alone would wait for the answers.
        manager.close(CloseMode.IMMEDIATE);
        try {
            transport.close();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("a connection to the search index did not close");
        }
    }

    private static HttpHost host(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return new HttpHost(url.getScheme(), url.getHost(), port);
    }

    private static Header[] headers(IndexSettings settings) {
        return settings.credentials().stream()
                .map(login -> new BasicHeader("Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(
                                (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8))))
                .toArray(Header[]::new);
    }

    private static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "cannot read the OpenSearch certificate " + file + ": it must be a PEM file", e);
        }
    }
}
