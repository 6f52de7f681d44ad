//! The life of a supporting resource: fetched or uploaded, processed in the background, served.
//!
//! Invariants: a remote file is fetched once; only an answer with status 200 that decodes as JPEG
//! becomes an image; a resource says `isProcessing` until its file came and enough requests have
//! read it since; a deleted resource is never served.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};

use image::{ImageFormat, ImageReader};

use super::Store;
use crate::{
    consonance::settings::Decode,
    http::{Fetch, InstantMs, Response},
    image_file,
    world::seed::{ForeignCoverSeed, ImageSeed},
};

/// A supporting resource.
#[derive(Clone, Debug)]
pub(in crate::consonance) struct Resource {
    pub(in crate::consonance) id: i64,
    pub(in crate::consonance) work_id: i64,
    pub(in crate::consonance) variant: Option<String>,
    pub(in crate::consonance) status: String,
    pub(in crate::consonance) audience: String,
    pub(in crate::consonance) caption: Option<String>,
    pub(in crate::consonance) copyright: Option<String>,
    pub(in crate::consonance) required_credit: Option<String>,
    pub(in crate::consonance) product_ids: BTreeSet<i64>,
    /// The remote URL as it was sent.
    pub(in crate::consonance) sent_url: Option<String>,
    pub(in crate::consonance) filename: Option<String>,
    pub(in crate::consonance) created_at: InstantMs,
    /// Made by a person, not through the API.
    pub(in crate::consonance) foreign: bool,
    pub(in crate::consonance) stage: Stage,
    /// The last request that read it.
    pub(in crate::consonance) last_read: u64,
}

/// Where a resource's file is.
#[derive(Clone, Debug)]
pub(in crate::consonance) enum Stage {
    /// Nothing was uploaded yet, or the follow-up mutation has not come.
    AwaitingUpload { expires: InstantMs, uploaded: Option<Vec<u8>> },
    /// The vendor is still to fetch it.
    Fetching,
    /// The file came; the outcome shows after so many more requests that read it.
    Working { reads_left: u32, outcome: Result<Image, String> },
    /// Done: an image, or why there is none.
    Done(Result<Image, String>),
}

/// A processed image.
#[derive(Clone, Debug)]
pub(in crate::consonance) struct Image {
    pub(in crate::consonance) width: u32,
    pub(in crate::consonance) height: u32,
    file: File,
}

/// An image's bytes: kept, or made again from a seed when somebody asks.
#[derive(Clone, Debug)]
enum File {
    Kept(Vec<u8>),
    Made { seed: ImageSeed, size: Option<usize> },
}

/// Fetches that wait.
#[derive(Default)]
pub(in crate::consonance) struct Jobs {
    last: u64,
    waiting: BTreeMap<u64, (InstantMs, String)>,
    resource: BTreeMap<u64, i64>,
}

impl Resource {
    /// The image, once it is processed.
    pub(in crate::consonance) fn image(&self) -> Option<&Image> {
        match &self.stage {
            Stage::Done(Ok(image)) => Some(image),
            _ => None,
        }
    }

    /// The size of the processed image in bytes.
    pub(in crate::consonance) fn file_size(&mut self) -> Option<usize> {
        match &mut self.stage {
            Stage::Done(Ok(image)) => Some(image.size()),
            _ => None,
        }
    }

    /// Whether the vendor is still at work on it.
    pub(in crate::consonance) fn is_processing(&self) -> bool {
        !matches!(self.stage, Stage::Done(_))
    }

    /// What the background job says of itself.
    pub(in crate::consonance) fn job_status(&self) -> Option<String> {
        match &self.stage {
            Stage::AwaitingUpload { .. } | Stage::Done(Ok(_)) => None,
            Stage::Fetching => Some("queued".to_owned()),
            Stage::Working { .. } => Some("working".to_owned()),
            Stage::Done(Err(reason)) => Some(format!("failed: {reason}")),
        }
    }
}

impl Image {
    /// Decodes a file the way the vendor does: JPEG, whatever it is called, or nothing.
    fn decode(bytes: Vec<u8>, how: Decode) -> Result<Self, String> {
        let reader = ImageReader::with_format(Cursor::new(&bytes), ImageFormat::Jpeg);
        let size = match how {
            Decode::Whole => reader.decode().map(|image| (image.width(), image.height())),
            Decode::Header => reader.into_dimensions(),
        };
        let (width, height) = size.map_err(|e| format!("the file is not a readable JPEG ({e})"))?;
        // The decoder fills up what a cut file lacks; the end-of-image marker tells.
        if !bytes.windows(2).rev().take(64).any(|pair| pair == [0xff, 0xd9]) {
            return Err("the JPEG is cut short".to_owned());
        }
        Ok(Self { width, height, file: File::Kept(bytes) })
    }

    /// The bytes.
    pub(in crate::consonance) fn bytes(&self) -> Vec<u8> {
        match &self.file {
            File::Kept(bytes) => bytes.clone(),
            File::Made { seed, .. } => image_file::make(seed),
        }
    }

    /// The size in bytes, remembered once it is known.
    fn size(&mut self) -> usize {
        match &mut self.file {
            File::Kept(bytes) => bytes.len(),
            File::Made { seed, size } => *size.get_or_insert_with(|| image_file::make(seed).len()),
        }
    }
}

impl Store {
    /// Adds a resource to its work.
    pub(in crate::consonance) fn insert_resource(&mut self, resource: Resource) {
        self.resources_of_work.entry(resource.work_id).or_default().insert(resource.id);
        self.resources.insert(resource.id, resource);
    }

    /// Removes a resource; says whether it was there.
    pub(in crate::consonance) fn remove_resource(&mut self, id: i64) -> bool {
        let Some(resource) = self.resources.remove(&id) else { return false };
        if let Some(ids) = self.resources_of_work.get_mut(&resource.work_id) {
            ids.remove(&id);
        }
        true
    }

    /// A cover that a person uploaded in the vendor's own pages.
    pub(in crate::consonance) fn add_foreign_cover(
        &mut self,
        work_id: i64,
        cover: &ForeignCoverSeed,
        created_at: InstantMs,
    ) -> i64 {
        let id = self.next_id();
        let seed = ImageSeed {
            width: cover.width,
            height: cover.height,
            format: "jpeg".to_owned(),
            marker: format!("consonance-{id}"),
        };
        let file = File::Made { seed, size: None };
        let image = Image { width: cover.width, height: cover.height, file };
        self.insert_resource(Resource {
            id,
            work_id,
            variant: Some("FRONT_COVER".to_owned()),
            status: "APPROVED".to_owned(),
            audience: "_00".to_owned(),
            caption: None,
            copyright: None,
            required_credit: None,
            product_ids: cover.product_ids.iter().copied().collect(),
            sent_url: None,
            filename: Some(cover.file_name.clone()),
            created_at,
            foreign: true,
            stage: Stage::Done(Ok(image)),
            last_read: 0,
        });
        id
    }

    /// Queues the fetch of a resource's remote file.
    pub(in crate::consonance) fn queue_fetch(&mut self, resource_id: i64, url: &str) {
        self.jobs.last += 1;
        let due = self.now.saturating_add(self.settings.fetch_delay_ms);
        self.jobs.waiting.insert(self.jobs.last, (due, url.to_owned()));
        self.jobs.resource.insert(self.jobs.last, resource_id);
    }

    /// The fetches that are due, each handed out once.
    pub(in crate::consonance) fn due_fetches(&mut self, now: InstantMs) -> Vec<Fetch> {
        self.now = now;
        let waiting = std::mem::take(&mut self.jobs.waiting);
        let (due, later) = waiting.into_iter().partition(|(_, (due, _))| *due <= now);
        self.jobs.waiting = later;
        let due: BTreeMap<u64, (InstantMs, String)> = due;
        due.into_iter().map(|(job, (_, url))| Fetch { job, url }).collect()
    }

    /// How many fetches were handed out, or will be at once, and did not come back.
    pub(in crate::consonance) fn fetching(&self) -> usize {
        let later = |job: &&u64| self.jobs.waiting.get(job).is_some_and(|(due, _)| *due > self.now);
        self.jobs.resource.keys().filter(|job| !later(job)).count()
    }

    /// What a fetch brought.
    pub(in crate::consonance) fn take_fetched(&mut self, job: u64, answer: Option<Response>) {
        let outcome = match answer {
            None => Err("the image could not be downloaded: nobody answered".to_owned()),
            Some(r) if r.status != 200 => {
                Err(format!("the image could not be downloaded: HTTP {}", r.status))
            }
            Some(r) => Image::decode(r.body, self.settings.decode),
        };
        if let Some(id) = self.jobs.resource.remove(&job) {
            self.file_came(id, outcome);
        }
    }

    /// Takes an uploaded file through the follow-up mutation; `false` if none was uploaded.
    pub(in crate::consonance) fn complete_upload(&mut self, id: i64) -> bool {
        let uploaded = match self.resources.get_mut(&id).map(|resource| &mut resource.stage) {
            Some(Stage::AwaitingUpload { uploaded, .. }) => uploaded.take(),
            _ => None,
        };
        let Some(bytes) = uploaded else { return false };
        self.file_came(id, Image::decode(bytes, self.settings.decode));
        true
    }

    fn file_came(&mut self, id: i64, outcome: Result<Image, String>) {
        let reads_left = self.settings.processing_reads;
        if let Some(resource) = self.resources.get_mut(&id) {
            resource.stage = match reads_left {
                0 => Stage::Done(outcome),
                _ => Stage::Working { reads_left, outcome },
            };
        }
    }

    /// Notes that the current request reads a resource: once for each request, however often it
    /// occurs in it, so that one answer never contradicts itself.
    pub(in crate::consonance) fn note_read(&mut self, id: i64) {
        let serial = self.serial;
        let Some(resource) = self.resources.get_mut(&id) else { return };
        if std::mem::replace(&mut resource.last_read, serial) == serial {
            return;
        }
        if let Stage::Working { reads_left, outcome } = &mut resource.stage {
            if *reads_left == 0 {
                let outcome = std::mem::replace(outcome, Err(String::new()));
                resource.stage = Stage::Done(outcome);
            } else {
                *reads_left -= 1;
            }
        }
    }
}
