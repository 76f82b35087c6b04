package io.github.imagehost.rest.album;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.album.Album;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes an album as RSS 2.0. */
final class AlbumFeed {

    private AlbumFeed() {}

    /** @param images what everybody may see, the latest first */
    static String of(Album album, List<Image> images, ImageLinks links) {
        try {
            StringWriter text = new StringWriter();
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("rss");
            xml.writeAttribute("version", "2.0");
            xml.writeStartElement("channel");
            element(xml, "title", album.settings().name().value());
            element(xml, "link", links.urlOf(album));
            element(xml, "description", album.settings().name().value());
            for (Image image : images) {
                write(xml, image, links);
            }
            xml.writeEndDocument();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("A feed can't be written into memory", e);
        }
    }

    private static void write(XMLStreamWriter xml, Image image, ImageLinks links) throws XMLStreamException {
        xml.writeStartElement("item");
        element(xml, "title", image.originalName());
        element(xml, "link", links.urlOf(image));
        xml.writeStartElement("guid");
        xml.writeAttribute("isPermaLink", "false");
        xml.writeCharacters(image.filename());
        xml.writeEndElement();
        element(
                xml,
                "pubDate",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(image.uploadedAt().atOffset(ZoneOffset.UTC)));
        xml.writeEmptyElement("enclosure");
        xml.writeAttribute("url", links.urlOf(image));
        xml.writeAttribute("length", String.valueOf(image.content().storedSize()));
        xml.writeAttribute("type", image.content().type().mimeType());
        xml.writeEndElement();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
