//! Finding by meaning: across languages, beside words and filters, and what is said where the model or vectors are missing.

mod answers;
mod vectors;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::place::{Place, report};
use crate::support::{self, Output, output_of};

/// What is done to a file's bytes.
type Alteration = fn(&mut Vec<u8>);

/// A library and the model.
struct Library {
    place: Place,
    model: PathBuf,
}

/// A page of one paragraph, long enough to be taken for an article.
fn page(language: &str, title: &str, text: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\n\
         <body><article><h1>{title}</h1>\n<p>{text}</p></article></body></html>\n"
    )
}

const PAGES: [(&str, &str, &str, &str); 5] = [
    (
        "anonimato.html",
        "es",
        "Anonimato en la red",
        "Cómo ocultar su identidad en internet ante las autoridades: use un programa que esconda su dirección y no escriba \
         nunca su nombre verdadero en las páginas que visita.",
    ),
    (
        "anonymat.html",
        "fr",
        "Rester anonyme",
        "Cacher son identité en ligne face aux forces de l'ordre : un logiciel qui masque l'adresse et un pseudonyme \
         protègent mieux que la prudence seule.",
    ),
    (
        "cafe.html",
        "es",
        "La cosecha de café",
        "La cosecha de café fue buena este año en las montañas del norte, y las cooperativas vendieron el grano a mejor \
         precio que en la temporada anterior.",
    ),
    (
        "harvest.html",
        "en",
        "The maize harvest",
        "The maize harvest failed in the southern valleys after two dry years, and families sold their cattle to buy seed \
         for the next planting season.",
    ),
    (
        "prison.html",
        "en",
        "Conditions in the old prison",
        "Cells built for four hold thirty people, who take turns to sleep on the floor; water comes for one hour each day \
         and the sick wait weeks for a doctor.",
    ),
];

const QUESTION: &str = "how to hide your identity online from the police";

impl Library {
    /// With the pages and nothing ingested; `None`, said visibly, where no model is installed.
    fn new(test: &str) -> Option<Self> {
        let model = support::model(test)?;
        let place = Place::new();
        for (name, language, title, text) in PAGES {
            place.write(name, page(language, title, text));
        }
        Some(Self { place, model })
    }

    /// With the pages ingested.
    fn ingested(test: &str) -> Option<Self> {
        let library = Self::new(test)?;
        library.ingest(&[]).ok();
        Some(library)
    }

    /// A command that finds a model.
    fn with(&self, model: &Path) -> Command {
        let mut command = self.place.command();
        command.env("AMPARO_MODEL", model);
        command
    }

    fn amparo(&self, args: &[&str]) -> Output {
        output_of(self.with(&self.model).args(args))
    }

    fn ingest(&self, flags: &[&str]) -> Output {
        output_of(self.place.ingesting(flags).env("AMPARO_MODEL", &self.model))
    }

    /// How many passages an ingest gave vectors.
    #[track_caller]
    fn encoded(&self, flags: &[&str]) -> u64 {
        report(&self.ingest(flags).ok())["encoded"].as_u64().unwrap()
    }

    fn search(&self, args: &[&str]) -> Output {
        self.amparo(&[&["search", "--format", "json"], args].concat())
    }

    #[track_caller]
    fn found(&self, args: &[&str]) -> Vec<String> {
        let output = self.search(args);
        assert!(output.status < 2, "{}", output.stderr);
        output.files()
    }

    /// What `status` says of finding by meaning.
    fn status(&self) -> Value {
        self.amparo(&["status", "--format", "json"]).ok().json()[0]["meaning"].clone()
    }

    /// The model with something done to its bytes.
    fn altered_model(&self, alter: impl Fn(&mut Vec<u8>)) -> PathBuf {
        let mut bytes = std::fs::read(&self.model).unwrap();
        alter(&mut bytes);
        let place = self.place.root().join("altered-model");
        std::fs::write(&place, bytes).unwrap();
        place
    }

    /// The files of vectors with their bytes, in order.
    fn vectors(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let entries = std::fs::read_dir(self.place.index().join("vectors")).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "vectors"));
        paths.sort();
        paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    }
}
