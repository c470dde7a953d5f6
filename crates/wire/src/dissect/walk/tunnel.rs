//! Tunnels: headers that carry an outer layer again.

use super::{Next, Walk};
use crate::Stop;
use crate::dissect::{Layer, Visitor};
use crate::link::EtherType;
use crate::net::{erspan, geneve, gre, vxlan};

impl<'a, V: Visitor<'a>> Walk<'a, '_, V> {
    /// GRE. One of PPTP that only acknowledges carries nothing.
    pub(super) fn gre(&mut self) -> Result<Next, Stop> {
        let header = self.header(gre::Header::parse, Layer::Gre)?;
        if self.wire_bytes == 0 {
            return Ok(self.payload());
        }
        match header.protocol() {
            // Without a sequence number it is ERSPAN type I, which has no header of its own.
            EtherType::ERSPAN_II if header.sequence().is_none() => Ok(Next::Ethernet),
            EtherType::ERSPAN_II | EtherType::ERSPAN_III => self.erspan(),
            other => Ok(Next::EtherType(other)),
        }
    }

    fn erspan(&mut self) -> Result<Next, Stop> {
        let header = self.header(erspan::Header::parse, Layer::Erspan)?;
        Ok(match header.inner() {
            erspan::Inner::Ethernet => Next::Ethernet,
            erspan::Inner::Ip => Next::Ip,
        })
    }

    /// What follows a tunnel's header, if the datagram holds one. The port alone proves nothing; a datagram that does not
    /// look like the tunnel's is left as it is.
    #[inline]
    pub(super) fn udp_tunnel(&mut self, port: u16) -> Option<Next> {
        match port {
            vxlan::PORT => self.vxlan(),
            geneve::PORT => self.geneve(),
            _ => None,
        }
    }

    fn vxlan(&mut self) -> Option<Next> {
        self.attempt(vxlan::Header::parse, Layer::Vxlan).map(|_| Next::Ethernet)
    }

    fn geneve(&mut self) -> Option<Next> {
        let header = self.attempt(geneve::Header::parse, Layer::Geneve)?;
        Some(Next::EtherType(header.protocol()))
    }

    /// Reads a header that may not be one, in which case nothing has been read.
    fn attempt<T: Copy>(
        &mut self,
        reader: impl FnOnce(&mut whotalks_bytes::Cursor<'a>) -> Result<T, Stop>,
        layer: fn(T) -> Layer<'a>,
    ) -> Option<T> {
        let before = (self.cursor, self.wire_bytes);
        let header = self.header(reader, layer).ok();
        if header.is_none() {
            (self.cursor, self.wire_bytes) = before;
        }
        header
    }
}
