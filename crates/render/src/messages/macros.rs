//! The declaration of a topic.

/// Declares a topic: an enum whose variants are messages and whose fields are their variables.
macro_rules! messages {
    ($(#[$topic_doc:meta])* $topic:ident { $( $variant:ident $({ $($field:ident: $kind:ty),+ })? = $id:literal, )+ }) => {
        $(#[$topic_doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $topic {
            $(
                #[doc = concat!("`", $id, "`")]
                $variant $({ $( #[doc = concat!("`$", stringify!($field), "`")] $field: $kind ),+ })?,
            )+
        }

        impl $crate::messages::Message for $topic {
            const CATALOGUE: &'static [(&'static str, &'static [&'static str])] =
                &[ $( ($id, &[ $($( stringify!($field) ),+)? ]) ),+ ];

            fn id(&self) -> &'static str {
                match self { $( Self::$variant $({ $($field: _),+ })? => $id, )+ }
            }

            fn arguments(&self) -> fluent_bundle::FluentArgs<'_> {
                let mut arguments = fluent_bundle::FluentArgs::new();
                match self {
                    $( Self::$variant $({ $($field),+ })? => { $($( arguments.set(stringify!($field), $field.clone()); )+)? } )+
                }
                arguments
            }
        }
    };
}

pub(crate) use messages;
