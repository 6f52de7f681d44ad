//! serde's side of the reader: what a type asks for, and the tokens that it gets. Kept thin,
//! because all of it is compiled for each type that is read.

use serde::Deserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::scan::{Error, Number, Scan};

/// The elements of a list or an object.
struct Elements<'a, 'de> {
    scan: &'a mut Scan<'de>,
    first: bool,
    ended: bool,
}

/// A variant: a text, or an object with one key.
struct Variant<'a, 'de> {
    scan: &'a mut Scan<'de>,
    in_object: bool,
}

impl<'de> Scan<'de> {
    fn visit_any<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.peek() {
            b'"' => self.visit_text(visitor),
            b'[' => self.visit_list(visitor),
            b'{' => self.visit_object(visitor),
            b'n' => self.visit_null(visitor),
            b't' | b'f' => self.visit_flag(visitor),
            _ => self.visit_number(visitor),
        }
    }

    fn visit_ignored<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        self.skip()?;
        visitor.visit_unit()
    }

    fn visit_null<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if self.null() { visitor.visit_unit() } else { Err(self.mismatch(&visitor)) }
    }

    fn visit_flag<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.flag() {
            Some(flag) => visitor.visit_bool(flag),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        match self.number()? {
            Some(Number::Natural(number)) => visitor.visit_u64(number),
            Some(Number::Negative(number)) => visitor.visit_i64(number),
            Some(Number::Fraction(number)) => visitor.visit_f64(number),
            None => Err(self.mismatch(&visitor)),
        }
    }

    fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() != b'"' {
            return Err(self.mismatch(&visitor));
        }
        visitor.visit_str(&self.string()?)
    }

    fn visit_list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() != b'[' {
            return Err(self.mismatch(&visitor));
        }
        self.open(b'[')?;
        let mut elements = Elements { scan: self, first: true, ended: false };
        let list = visitor.visit_seq(&mut elements)?;
        // Whoever knows how many there are does not look for the end.
        if elements.ended { Ok(list) } else { self.close(b']').map(|()| list) }
    }

    fn visit_object<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Error> {
        if self.peek() != b'{' {
            return Err(self.mismatch(&visitor));
        }
        self.open(b'{')?;
        visitor.visit_map(Elements { scan: self, first: true, ended: false })
    }
}

impl Elements<'_, '_> {
    fn advance(&mut self, bracket: u8) -> Result<bool, Error> {
        self.ended = !self.scan.more(self.first, bracket)?;
        self.first = false;
        Ok(!self.ended)
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        if !self.advance(b']')? {
            return Ok(None);
        }
        seed.deserialize(&mut *self.scan).map(Some)
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Error> {
        if !self.advance(b'}')? {
            return Ok(None);
        }
        self.scan.in_key = true;
        let key = seed.deserialize(&mut *self.scan)?;
        self.scan.in_key = false;
        Ok(Some(key))
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        self.scan.expect(b':')?;
        seed.deserialize(&mut *self.scan)
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        let variant = seed.deserialize(&mut *self.scan)?;
        if self.in_object {
            self.scan.expect(b':')?;
        }
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        if self.in_object { self.scan.expect_null() } else { Ok(()) }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        self.scan.content(self.in_object)?;
        seed.deserialize(self.scan)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.scan.content(self.in_object)?;
        self.scan.visit_list(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.scan.content(self.in_object)?;
        self.scan.visit_object(visitor)
    }
}

/// What serde calls by several names and JSON knows as one kind.
macro_rules! kinds {
    ($($name:ident => $visit:ident),*) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$visit(visitor)
        })*
    };
}

impl<'de> Deserializer<'de> for &mut Scan<'de> {
    type Error = Error;

    kinds! {
        deserialize_any => visit_any, deserialize_ignored_any => visit_ignored,
        deserialize_bool => visit_flag, deserialize_unit => visit_null,
        deserialize_i8 => visit_number, deserialize_i16 => visit_number,
        deserialize_i32 => visit_number, deserialize_i64 => visit_number,
        deserialize_u8 => visit_number, deserialize_u16 => visit_number,
        deserialize_u32 => visit_number, deserialize_u64 => visit_number,
        deserialize_f32 => visit_number, deserialize_f64 => visit_number,
        deserialize_char => visit_text, deserialize_str => visit_text,
        deserialize_string => visit_text, deserialize_identifier => visit_text,
        deserialize_bytes => visit_text, deserialize_byte_buf => visit_text,
        deserialize_seq => visit_list, deserialize_map => visit_object
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.visit_null(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.visit_list(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.visit_list(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.visit_object(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let in_object = match self.peek() {
            b'"' => false,
            b'{' => true,
            _ => return Err(self.mismatch(&visitor)),
        };
        if in_object {
            self.open(b'{')?;
        }
        let value = visitor.visit_enum(Variant { scan: &mut *self, in_object })?;
        if in_object {
            self.close(b'}')?;
        }
        Ok(value)
    }
}
