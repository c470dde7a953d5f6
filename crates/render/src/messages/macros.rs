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
                let fields: Vec<(&'static str, fluent_bundle::FluentValue<'_>)> = match self {
                    $( Self::$variant $({ $($field),+ })? => vec![ $($( (stringify!($field), $field.clone().into()) ),+)? ], )+
                };
                fields.into_iter().collect()
            }
        }
    };
}

pub(crate) use messages;
